"""Makes the scripts of one sprite out of the blocks of a theme: what the random scenes consist of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from scratchgen.scratch.program import Asset, Block, Costume, Script, Sprite, Value
from tests.simulator.programs import Argument, broadcast, get, make, received, sprite, when_flag_clicked

__all__ = ["MESSAGES", "PLACES", "SPRITES", "MakeBlock", "Maker", "Theme"]

SPRITES = ("Cat", "Dog", "Owl")
PLACES: tuple[Value, ...] = (*SPRITES, "_mouse_", "_random_", "nobody", 5)
NUMBERS: tuple[Value, ...] = (
    0, 1, -1, 2, 3, 10, 33.3, -90, 45, 100, 150, 250, 359, 1000, -1e6, 0.5, 1e-9, "7", "abc", "-0.5", "",
    "Infinity",
)  # fmt: skip
LOG_LENGTH = 40
MOST_CLONES = 8
MESSAGES = ("one", "two")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The blocks that the programs of a theme are made of."""

    statements: tuple[MakeBlock, ...]
    reporters: tuple[MakeBlock, ...]
    hats: tuple[MakeBlock, ...] = ()


def _costume(name: str, width: float, height: float) -> Costume:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"/>'
    return Costume(name=name, asset=Asset(extension="svg", data=svg.encode()))


class Maker:
    """Makes the scripts of one sprite."""

    def __init__(self, random: Random, name: str, theme: Theme) -> None:
        self.random = random
        self.name = name
        self.theme = theme
        self.sending = 0

    # -- values

    def number(self) -> Argument:
        draw = self.random.random()
        if draw < 0.08:
            return make("operator_random", FROM=self.random.choice((1, -5)), TO=self.random.choice((6, 2.5)))
        if draw < 0.2:
            return self.reporter()
        return self.random.choice(NUMBERS)

    def place(self) -> Argument:
        return get("place") if self.random.random() < 0.1 else self.random.choice(PLACES)

    def reporter(self) -> Block:
        return self.random.choice(self.theme.reporters)(self)

    def pick(self, *choices: Value) -> Value:
        return self.random.choice(choices)

    # -- stacks

    def stack(self, depth: int = 2) -> tuple[Block, ...]:
        return tuple(self.block(depth) for _ in range(self.random.randint(1, 4)))

    def block(self, depth: int) -> Block:
        draw = self.random.random()
        if draw < 0.15 and depth:
            return make("control_repeat", TIMES=self.pick(1, 2, 3, "2"), SUBSTACK=self.stack(depth - 1))
        if draw < 0.35:
            return self.random.choice(COMMON)(self)
        return self.random.choice(self.theme.statements)(self)

    def log(self) -> Block:
        item = make("operator_join", STRING1=self.name[0], STRING2=self.reporter())
        length = make("operator_lt", OPERAND1=make("data_lengthoflist", LIST="log"), OPERAND2=LOG_LENGTH)
        return make("control_if", CONDITION=length, SUBSTACK=[make("data_addtolist", LIST="log", ITEM=item)])

    def wait(self) -> Block:
        duration = self.pick(0, 0.03, 0.1, "0.05")
        if self.random.random() < 0.2:
            return make("control_wait", DURATION=make("operator_random", FROM=0, TO=0.1))
        return make("control_wait", DURATION=duration)

    def say(self) -> Block:
        kind = self.pick("looks_say", "looks_think", "looks_sayforsecs", "looks_thinkforsecs")
        message = self.reporter() if self.random.random() < 0.5 else self.pick("hi", "", 2.5)
        if str(kind).endswith("secs"):
            return make(str(kind), MESSAGE=message, SECS=self.pick(0, 0.1, 0.2))
        return make(str(kind), MESSAGE=message)

    def send(self) -> Block:
        left = MESSAGES[self.sending :]
        return broadcast(self.random.choice(left), wait=self.random.random() < 0.5) if left else self.log()

    def clone(self) -> Block:
        """A clone, as long as there are few: clones that clone would take for ever."""
        few = make("operator_lt", OPERAND1=get("made"), OPERAND2=MOST_CLONES)
        made = make("data_changevariableby", VARIABLE="made", VALUE=1)
        clone = make("control_create_clone_of", CLONE_OPTION=self.pick("_myself_", *SPRITES, "nobody"))
        return make("control_if", CONDITION=few, SUBSTACK=[made, clone])

    def monitor(self) -> Block:
        if self.random.random() < 0.3:
            return make(str(self.pick("data_showlist", "data_hidelist")), LIST="log")
        names = ("place", "a") if self.name == "Stage" else ("place", "a", "mine")
        opcode = str(self.pick("data_showvariable", "data_hidevariable"))
        return make(opcode, VARIABLE=self.random.choice(names))

    def stop(self) -> Block:
        if self.random.random() < 0.6:
            return self.log()
        return make("control_stop", STOP_OPTION=self.pick("this script", "other scripts in sprite", "all"))

    def set_variable(self) -> Block:
        if self.random.random() < 0.2:
            return make("data_setvariableto", VARIABLE="place", VALUE=self.random.choice(PLACES))
        name = "a" if self.name == "Stage" else self.random.choice(("a", "mine"))
        return make("data_setvariableto", VARIABLE=name, VALUE=self.reporter())

    # -- sprites

    def hats(self) -> list[Script]:
        """Scripts under the hats that need something from outside, or a backdrop, or time."""
        scripts = []
        for hat in self.theme.hats:
            if self.random.random() < 0.6:
                scripts.append(Script(blocks=(hat(self), *self.stack(1))))
        return scripts

    def sprite(self) -> Sprite:
        scripts = [when_flag_clicked(*self.stack()) for _ in range(self.random.randint(1, 2))]
        self.sending = len(MESSAGES)
        scripts += self.hats()
        for place, message in enumerate(MESSAGES):
            self.sending = place + 1
            if self.random.random() < 0.5:
                scripts.append(received(message, *self.stack(1)))
        if self.name != "Stage":
            ending = [make("control_delete_this_clone")] if self.random.random() < 0.4 else []
            scripts.append(Script(blocks=(make("control_start_as_clone"), *self.stack(1), *ending)))
        self.random.shuffle(scripts)
        if self.name == "Stage":
            costumes = [_costume(name, 480, 360) for name in ("day", "night", "3")]
            own: dict[str, Value] = {"place": "Cat", "a": 0, "made": 0}
            made = sprite(
                "Stage", *scripts, variables=own, lists={"log": ()}, broadcasts=MESSAGES, costumes=costumes
            )
        else:
            costumes = [_costume("plain", 9, 9), _costume("wide", 300, 2.5), _costume("7", 1000, 1000)]
            made = sprite(
                self.name, *scripts, variables={"mine": 1}, lists={"own": ("x",)}, costumes=costumes
            )
        return made


COMMON: tuple[MakeBlock, ...] = (
    Maker.log, Maker.wait, Maker.say, Maker.send, Maker.stop, Maker.set_variable, Maker.clone,
)  # fmt: skip

MakeBlock = Callable[[Maker], Block]
