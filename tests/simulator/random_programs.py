"""Random programs that end, or can be stopped: what the simulator and the real engine are compared on.

They are made of everything that decides what runs when: loops, waits, custom blocks that call themselves,
broadcasts with and without waiting, clones, stops. Numbers stay small, and clones are counted, so that no
program grows for ever.
"""

from __future__ import annotations

from random import Random

from scratchgen.scratch.program import Block, Project, Script, Sprite, Value
from tests.simulator.programs import (
    Argument,
    broadcast,
    call,
    define,
    get,
    item,
    make,
    parameter,
    received,
    sprite,
    stage_and,
    when_flag_clicked,
)

__all__ = ["random_program"]

SHARED, OWN = ("a", "b", "c"), ("x", "y")
SHARED_LISTS, OWN_LISTS = ("items", "log"), ("mine",)
MESSAGES = ("one", "two", "three", "Four")
SPRITES = ("Cat", "Dog", "Owl")
LONGEST_LIST = 30
MOST_CLONES = 40
"""Clones made in a run, however many have gone: clones that make clones would never let a step end."""
CONSTANTS: tuple[Value, ...] = (
    0,
    1,
    2,
    3,
    -1,
    2.5,
    0.1,
    10,
    "",
    "abc",
    "7",
    "0x10",
    "Abc",
    " 3 ",
    "last",
    "NaN",
    "true",
)


class Maker:
    """Makes the scripts of one sprite."""

    def __init__(self, random: Random, name: str) -> None:
        self.random = random
        self.name = name
        self.variables = SHARED if name == "Stage" else SHARED + OWN
        self.lists = SHARED_LISTS if name == "Stage" else SHARED_LISTS + OWN_LISTS
        self.parameters: tuple[str, ...] = ()
        self.first_message = 0
        self.may_clone = name != "Stage"

    def sprite(self) -> Sprite:
        scripts = [
            define("step %s", *self.recursive("step %s"), parameters=("n",), warp=False),
            define("fast %s %s", *self.body(("n", "m"), "fast %s %s"), parameters=("n", "m"), warp=True),
            define("deep %s", *self.recursive("deep %s"), parameters=("n",), warp=True),
        ]
        for _ in range(self.random.randint(1, 3)):
            scripts.append(when_flag_clicked(*self.stack(3)))
        for place, message in enumerate(MESSAGES):
            if self.random.random() < 0.6:
                self.first_message = place + 1
                scripts.append(received(self.random.choice((message, message.upper())), *self.stack(2)))
        if self.name != "Stage" and self.random.random() < 0.7:
            self.first_message, self.may_clone = 2, self.random.random() < 0.2
            hat = make("control_start_as_clone")
            ending = [make("control_delete_this_clone")] if self.random.random() < 0.7 else []
            scripts.append(Script(blocks=(hat, *self.stack(2), *ending)))
        self.random.shuffle(scripts)
        own: dict[str, Value] = {} if self.name == "Stage" else {"x": 1, "y": "text"}
        own_lists: dict[str, tuple[Value, ...]] = (
            {} if self.name == "Stage" else {"mine": (1, "2", "three", True)}
        )
        if self.name == "Stage":
            own, own_lists = (
                {"a": 0, "b": "b", "c": 5, "turns": 0, "clones": 0},
                {"items": (3, "1", "two", 2.5), "log": ()},
            )
        return sprite(self.name, *scripts, variables=own, lists=own_lists, broadcasts=self.broadcasts())

    def broadcasts(self) -> tuple[str, ...]:
        return MESSAGES if self.name == "Stage" else ()

    def body(self, parameters: tuple[str, ...], code: str) -> tuple[Block, ...]:
        self.parameters = parameters
        blocks = self.stack(2)
        self.parameters = ()
        return blocks

    def recursive(self, code: str) -> tuple[Block, ...]:
        """Blocks that call their own custom block with a smaller number until it is 0."""
        self.parameters = ("n",)
        number = parameter("n")
        inside = [
            *self.stack(1),
            call(code, make("operator_subtract", NUM1=number, NUM2=1)),
            *self.stack(1),
        ]
        condition = make("operator_gt", OPERAND1=number, OPERAND2=0)
        blocks = (*self.stack(1), make("control_if", CONDITION=condition, SUBSTACK=inside), *self.stack(1))
        self.parameters = ()
        return blocks

    # -- stacks

    def stack(self, depth: int) -> tuple[Block, ...]:
        return tuple(self.block(depth) for _ in range(self.random.randint(1, 4)))

    def block(self, depth: int) -> Block:
        if depth > 0 and self.random.random() < 0.4:
            return self.loop(depth - 1)
        return self.random.choice(
            (
                self.set_variable, self.set_variable, self.change_variable, self.change_list, self.say,
                self.change_list, self.log, self.log, self.call, self.send, self.wait, self.clone, self.stop,
                self.count,
            )
        )()  # fmt: skip

    def loop(self, depth: int) -> Block:
        inside = self.stack(depth)
        kind = self.random.randrange(8)
        if kind < 3:
            return make(
                "control_repeat", TIMES=self.random.choice((0, 1, 2, 3, "2", 2.5, get("c"))), SUBSTACK=inside
            )
        if kind == 3:
            return make("control_if", CONDITION=self.condition(), SUBSTACK=inside)
        if kind == 4:
            return make(
                "control_if_else", CONDITION=self.condition(), SUBSTACK=inside, SUBSTACK2=self.stack(depth)
            )
        if kind == 5:
            counted = [make("data_changevariableby", VARIABLE=each, VALUE=1) for each in ("a", "turns")]
            enough = make("operator_gt", OPERAND1=get("a"), OPERAND2=self.random.randint(2, 9))
            too_many = make("operator_gt", OPERAND1=get("turns"), OPERAND2=60)
            condition = make("operator_or", OPERAND1=enough, OPERAND2=too_many)
            return make("control_repeat_until", CONDITION=condition, SUBSTACK=[*counted, *inside])
        if kind == 6:
            return make("control_for_each", VARIABLE="b", VALUE=self.random.randint(0, 3), SUBSTACK=inside)
        return make("control_all_at_once", SUBSTACK=inside) if depth else make("control_repeat", TIMES=2)

    def set_variable(self) -> Block:
        name = self.random.choice(self.variables)
        if name == "c":
            return make("data_setvariableto", VARIABLE="c", VALUE=self.random.randint(0, 4))
        return make("data_setvariableto", VARIABLE=name, VALUE=self.value(2))

    def change_variable(self) -> Block:
        name = self.random.choice([each for each in self.variables if each != "c"])
        return make("data_changevariableby", VARIABLE=name, VALUE=self.value(1))

    def change_list(self) -> Block:
        name = self.random.choice(self.lists)
        arguments: dict[str, Argument] = {"LIST": name, "ITEM": self.value(1), "INDEX": self.index()}
        opcode, *names = self.random.choice(
            (
                ("data_addtolist", "ITEM"),
                ("data_insertatlist", "ITEM", "INDEX"),
                ("data_replaceitemoflist", "ITEM", "INDEX"),
                ("data_deleteoflist", "INDEX"),
                ("data_deletealloflist",),
            )
        )
        block = make(opcode, **{each: arguments[each] for each in ("LIST", *names)})
        return self.while_short(name, block) if opcode in ("data_addtolist", "data_insertatlist") else block

    def log(self) -> Block:
        item = make("operator_join", STRING1=self.name[0], STRING2=self.value(1))
        return self.while_short("log", make("data_addtolist", LIST="log", ITEM=item))

    def while_short(self, name: str, block: Block) -> Block:
        """Loops within loops would fill a list with so many items that neither side comes to an end."""
        length = make("data_lengthoflist", LIST=name)
        short = make("operator_lt", OPERAND1=length, OPERAND2=LONGEST_LIST)
        return make("control_if", CONDITION=short, SUBSTACK=[block])

    def say(self) -> Block:
        kind = self.random.choice(("looks_say", "looks_think", "looks_sayforsecs", "looks_thinkforsecs"))
        if kind.endswith("secs"):
            return make(kind, MESSAGE=self.value(1), SECS=self.random.choice((0, 0.03, 0.1, "0.05")))
        return make(kind, MESSAGE=self.value(1))

    def call(self) -> Block:
        if self.parameters:
            return self.log()
        code, count = self.random.choice((("step %s", 1), ("fast %s %s", 2), ("deep %s", 1), ("nobody", 0)))
        return call(code, *[self.random.randint(0, 3) for _ in range(count)])

    def send(self) -> Block:
        left = MESSAGES[self.first_message :]
        if not left or self.parameters:
            return self.log()
        return broadcast(self.random.choice(left), wait=self.random.random() < 0.5)

    def wait(self) -> Block:
        if self.parameters:
            return self.log()  # the engine spends half a second on a wait without screen refresh
        if self.random.random() < 0.1:
            return make(
                "control_wait_until",
                CONDITION=make(
                    "operator_gt",
                    OPERAND1=make("data_lengthoflist", LIST="log"),
                    OPERAND2=self.random.randint(0, 5),
                ),
            )
        return make("control_wait", DURATION=self.random.choice((0, 0.01, 0.05, 0.2)))

    def clone(self) -> Block:
        if not self.may_clone or self.parameters:
            return self.log()
        name = self.random.choice(("_myself_", *SPRITES, "nobody"))
        few = make("operator_lt", OPERAND1=get("clones"), OPERAND2=MOST_CLONES)
        inside = (
            make("data_changevariableby", VARIABLE="clones", VALUE=1),
            make("control_create_clone_of", CLONE_OPTION=name),
        )
        return make("control_if", CONDITION=few, SUBSTACK=inside)

    def stop(self) -> Block:
        if self.random.random() < 0.75:
            return self.log()
        last = "other scripts in sprite"
        return make(
            "control_stop", STOP_OPTION=self.random.choice(("this script", "this script", last, last, "all"))
        )

    def count(self) -> Block:
        return make(self.random.choice(("control_incr_counter", "control_clear_counter")))

    # -- values

    def value(self, depth: int) -> Argument:
        if depth == 0 or self.random.random() < 0.3:
            return self.random.choice(
                (self.random.choice(CONSTANTS), get(self.random.choice(self.variables)))
            )
        one, other = self.value(depth - 1), self.value(depth - 1)
        name = self.random.choice(self.lists)
        makers = (
            lambda: make("operator_add", NUM1=one, NUM2=other),
            lambda: make("operator_subtract", NUM1=one, NUM2=other),
            lambda: make("operator_multiply", NUM1=one, NUM2=other),
            lambda: make("operator_divide", NUM1=one, NUM2=other),
            lambda: make("operator_mod", NUM1=one, NUM2=other),
            lambda: make("operator_join", STRING1=one, STRING2=self.random.choice("pq")),
            lambda: make("operator_letter_of", LETTER=one, STRING=other),
            lambda: make("operator_length", STRING=one),
            lambda: make("operator_round", NUM=one),
            lambda: make(
                "operator_mathop", OPERATOR=self.random.choice(("floor", "abs", "sqrt", "sin")), NUM=one
            ),
            lambda: make("operator_random", FROM=1, TO=self.random.choice((6, 1.5, 1))),
            lambda: item(self.index(), name),
            lambda: make("data_lengthoflist", LIST=name),
            lambda: make("data_itemnumoflist", LIST=name, ITEM=one),
            lambda: make("operator_length", STRING=make("data_listcontents", LIST=name)),
            lambda: make("control_get_counter"),
            lambda: self.condition(),
            lambda: parameter(self.random.choice(("n", "m"))),
        )
        return self.random.choice(makers)()

    def index(self) -> Argument:
        return self.random.choice((1, 2, 3, 9, 0, "last", "all", "any", get("c"), get("a"), self.value(1)))

    def condition(self) -> Block:
        opcode = self.random.choice(("operator_gt", "operator_lt", "operator_equals", "contains", "not"))
        if opcode == "not":
            return make("operator_not", OPERAND=self.condition())
        if opcode == "contains":
            return make("data_listcontainsitem", LIST=self.random.choice(self.lists), ITEM=self.value(1))
        return make(opcode, OPERAND1=self.value(1), OPERAND2=self.value(1))


def random_program(seed: int) -> Project:
    """Return the program of that number."""
    random = Random(seed)
    names = SPRITES[: random.randint(1, 3)]
    stage = Maker(random, "Stage").sprite()
    project = stage_and(*(Maker(random, name).sprite() for name in names))
    return Project(sprites=(stage, *project.sprites[1:]))
