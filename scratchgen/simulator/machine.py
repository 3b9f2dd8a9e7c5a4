"""The machine: targets, threads, hats, and the clock of 30 steps a second.

The order of things is the official engine's: the sprite in front starts first, threads take turns in the
order in which they were started, a step ends when something was drawn. Time is simulated, so waiting costs
nothing: step ``n`` sees ``floor(1000 n / 30)`` milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from scratchgen.errors import SimulationError
from scratchgen.scratch.program import Project, Value
from scratchgen.simulator.beyond import REASONS, neutral_value
from scratchgen.simulator.bubbles import Bubbles, Say
from scratchgen.simulator.categories import EDGE_HATS
from scratchgen.simulator.elementary import MathProfile
from scratchgen.simulator.fast import changed_lists, knowledge_of
from scratchgen.simulator.looks import Looks
from scratchgen.simulator.motion import Motion
from scratchgen.simulator.pen import PenDrawing
from scratchgen.simulator.sensing import START, Sensing
from scratchgen.simulator.sound import SoundState
from scratchgen.simulator.stance import Stance
from scratchgen.simulator.targets import Target
from scratchgen.simulator.threads import Thread
from scratchgen.simulator.translate import Hat, translate_sprite
from scratchgen.simulator.values import number_or_nan
from scratchgen.simulator.variables import Names

__all__ = ["STEPS_A_SECOND", "Machine"]

STEPS_A_SECOND = 30
TURNS_A_STEP = 3200
"""Looks at the stopwatch that three quarters of a step allow, at 1/128 ms a look."""
MOST_CLONES = 300

RESTARTED = frozenset(
    {
        "event_whenflagclicked",
        "event_whenthisspriteclicked",
        "event_whenstageclicked",
        "event_whenbackdropswitchesto",
        "event_whenbroadcastreceived",
    }
)
"""The hats whose scripts begin anew when they are called again while they run."""


def park_miller(seed: int) -> Callable[[], float]:
    """Return a generator of numbers from 0 up to 1 (S. Park and K. Miller, 1988, with their factor of 1993).

    >>> draw = park_miller(0)
    >>> draw() == 48270 / 2147483646
    True
    """
    state = seed % 2147483646 + 1

    def draw() -> float:
        nonlocal state
        state = state * 48271 % 2147483647
        return (state - 1) / 2147483646

    return draw


class Machine:
    """A project that runs."""

    def __init__(
        self,
        project: Project,
        *,
        profile: MathProfile,
        seed: int = 0,
        drawn: bool = True,
        fast: bool = True,
        lenient: bool = False,
        date: datetime = START,
        on_say: Callable[[Say], None] = lambda say: None,
    ) -> None:
        self.profile = profile
        self.random = park_miller(seed)
        self.drawn = drawn
        self.constants_hold = True
        """Whether the lists that no block changes hold what they held in the file."""
        self.lenient = lenient
        self.steps = 0
        self.now = 0.0
        """Milliseconds since the beginning."""
        self.step_time = 0.0
        """The same for the project's timer, which hears of a step only after its edge hats."""
        self.motion, self.looks, self.sound = Motion(self), Looks(self), SoundState(self)
        self.bubbles = Bubbles(self, on_say)
        self.pen, self.sensing = PenDrawing(self), Sensing(self, date)
        self.counter = 0.0
        self.redraw = False
        self.turns = 0
        self.threads: list[Thread] = []
        self.active: Thread | None = None
        stage = project.stage
        changed = changed_lists(project)
        known = [knowledge_of(sprite, project, changed) if fast else None for sprite in project.sprites]
        originals = [
            Target(
                sprite,
                translate_sprite(sprite, Names.of(sprite, stage), knowledge),
                stance=Stance.of(sprite),
            )
            for sprite, knowledge in zip(project.sprites, known, strict=True)
        ]
        self.stage = originals[0]
        self.targets = originals
        """In the order in which they were made: the stage, the sprites, the clones."""
        layers = {id(target): target.sprite.layer_order or 0 for target in originals}
        self.layered = sorted(originals, key=lambda target: (target is not self.stage, layers[id(target)]))
        """From back to front; the order of equals is the file's."""
        self.edge_hats = [
            opcode
            for opcode in EDGE_HATS
            if any(hat.opcode == opcode for each in originals for hat in each.code.hats)
        ]
        self.shown_monitors = _shown_monitors(project)
        """The owner and the name of each variable, list and other reporter that is shown on the stage."""
        for target in originals:
            target.bind(self)

    # -- what the outside does

    def click_flag(self) -> None:
        """Stop everything and start every script under a flag."""
        self.stop_all()
        self.sensing.answer = ""
        self.sensing.reset_timer()
        for target in self.targets:
            target.edges.clear()
        self.start_hats("event_whenflagclicked")

    def click(self, target: Target) -> None:
        """Start what a target does when it is clicked."""
        self.start_hats("event_whenthisspriteclicked", of=target)
        self.start_hats("event_whenstageclicked", of=target)

    def broadcast(self, name: str) -> list[Thread]:
        """Start every script that receives the broadcast; the case of letters does not count."""
        return self.start_hats("event_whenbroadcastreceived", BROADCAST_OPTION=name.upper())

    def step(self) -> None:
        """Take a step of 1/30 second."""
        self.steps += 1
        self.now = float(self.steps * 1000 // STEPS_A_SECOND)
        self.bubbles.end_those_due()
        self.threads = [thread for thread in self.threads if not thread.is_killed]
        for thread in self.threads:
            if thread.wakes_at is not None and thread.wakes_at <= self.now:
                thread.settle()
        for opcode in self.edge_hats:
            for thread in self.start_hats(opcode):
                thread.run()
        self.step_time = self.now
        self.redraw = False
        is_first = True
        for _ in range(TURNS_A_STEP):
            if not self.threads or not self._take_turns(is_first) or self.redraw:
                return
            is_first = False

    def _take_turns(self, is_first: bool) -> bool:
        """Let each thread go on once; tell whether any of them could do more in this step."""
        any_active = False
        # each monitor that is shown has a thread of its own in the engine, done after the first turn
        any_stopped = is_first and bool(self.shown_monitors)
        turn = (
            self.threads
        )  # who stops all threads replaces the list, and those in this one still have their turn
        place = 0
        while place < len(turn):
            thread = turn[place]
            place += 1
            if thread.is_done:
                any_stopped = True
                continue
            if is_first:
                thread.next_step = False
            if not thread.is_waiting:
                self.active = thread
                thread.run()
                self.active = None
                if thread.is_killed:
                    place -= 1  # another look: it may have been begun anew before it was stopped
            any_active |= bool(thread.stack) and not thread.is_waiting
            any_stopped |= thread.is_done
        # who is stopped after its turn, or begun anew and stopped at once, stays in the list until a turn
        # notices that someone has stopped, and *broadcast and wait* waits for it so long
        if any_stopped:
            self.threads = [thread for thread in self.threads if not thread.is_done]
        return any_active

    # -- what scripts do

    def start_hats(self, opcode: str, of: Target | None = None, **fields: str) -> list[Thread]:
        """Start, or begin anew, every script under such a hat, of one target or the sprite in front first."""
        started = []
        for target in [of] if of else reversed(self.layered):
            for hat in target.code.hats:
                if fits(hat, opcode, fields):
                    thread = self._start(target, hat)
                    if thread is not None:
                        started.append(thread)
        return started

    def has_hat(self, opcode: str, **fields: str) -> bool:
        """Tell whether any script stands under such a hat."""
        return any(fits(hat, opcode, fields) for target in self.targets for hat in target.code.hats)

    def _start(self, target: Target, hat: Hat) -> Thread | None:
        running = next((each for each in self.threads if each.target is target and each.hat is hat), None)
        if running is not None and opcode_waits(hat) and not running.is_done:
            return None
        thread = Thread(target, hat, None)
        thread.stack.append(target.scripts[hat.function](thread))
        if running is not None and not opcode_waits(hat):
            self.threads[self.threads.index(running)] = thread
        else:
            self.threads.append(thread)
        return thread

    def rises(self, target: Target, script: int, value: Value) -> bool:
        """Tell whether a hat that looks for itself sees what it did not see before."""
        before = target.edges.get(script, False)
        target.edges[script] = bool(value)
        return bool(value) and not before

    def any_alive(self, threads: list[Thread]) -> bool:
        """Tell whether one of the threads is still in the list of those that run."""
        return any(thread in self.threads for thread in threads)

    def all_waiting(self, threads: list[Thread]) -> bool:
        """Tell whether none of the threads has anything to do before the next step."""
        return all(thread.is_waiting or thread.is_done or thread not in self.threads for thread in threads)

    def stop_all(self) -> None:
        """Stop every script, delete every clone, and take away questions, bubbles and effects."""
        self.sensing.forget_all()
        self.bubbles.forget_ends()
        for target in self.targets:
            self.looks.clear_effects(target)
            self.sound.clear_effects(target)
            self.bubbles.take_away(target)
        for thread in self.threads:
            if not thread.target.is_original:
                thread.kill()
        self.targets = [target for target in self.targets if target.is_original]
        self.layered = [target for target in self.layered if target.is_original]
        if self.active is not None:
            self.active.kill()
        self.threads = []

    def stop_others(self, thread: Thread) -> None:
        """Stop the other scripts of a thread's target."""
        self.sensing.forget(thread.target)
        for other in self.threads:
            if other is not thread and other.target is thread.target:
                other.kill()

    def create_clone(self, target: Target, name: str) -> None:
        """Make a clone of a sprite, right behind it, and start what it does as a clone."""
        found = target if name == "_myself_" else self.sprite(name)
        if (
            found is None
            or found is self.stage
            or sum(not each.is_original for each in self.targets) >= MOST_CLONES
        ):
            return
        first = next(each for each in self.targets if each.sprite is found.sprite)
        stance = found.stance.of_clone(first.stance)
        clone = Target(found.sprite, found.code, cloned=found, stance=stance)
        clone.bind(self)
        self.targets.append(clone)
        self.layered.insert(self.layered.index(found), clone)
        for hat in clone.code.hats:
            if hat.opcode == "control_start_as_clone":
                self._start(clone, hat)
        self.redraw_for(clone)

    def sprite(self, name: str) -> Target | None:
        """Return the sprite of that name; the stage is none."""
        return next((each for each in self.targets if each.name == name and each is not self.stage), None)

    def delete_clone(self, target: Target) -> bool:
        """Delete a clone and stop its scripts; tell whether it was one."""
        if target.is_original:
            return False
        self.sensing.forget(target)
        self.targets.remove(target)
        self.layered.remove(target)
        for thread in self.threads:
            if thread.target is target:
                thread.kill()
        self.bubbles.take_away(target)
        self.redraw_for(target)
        return True

    def alarm(self, seconds: Value) -> float:
        """Return the time so many seconds from now, in milliseconds."""
        delay = 1000 * number_or_nan(seconds)
        return self.now + (delay if delay > 0 else 0)

    def redraw_for(self, target: Target) -> None:
        """End the step after this turn, if a target is seen where something is drawn."""
        if self.drawn and target.stance.visible:
            self.redraw = True

    def show_monitor(self, target: Target, name: str, shown: bool) -> None:
        """Show a target's variable or list on the stage, or hide it."""
        if shown:
            self.shown_monitors.add((target.name, name))
        else:
            self.shown_monitors.discard((target.name, name))

    def unknown(self, opcode: str, label: str, place: str) -> Value:
        """Say which block cannot be run, why, and where it stands; or answer for it, if that is wanted."""
        if self.lenient:
            return neutral_value(opcode)
        named = f"{opcode} ({label})" if label else opcode
        if opcode in REASONS:
            raise SimulationError(
                f"the block {named} {REASONS[opcode]}, which the simulator does not have",
                where=place,
                todo="run it leniently to have a neutral value instead",
            )
        raise SimulationError(f"the simulator does not know the block {named}", where=place)


def fits(hat: Hat, opcode: str, fields: Mapping[str, str]) -> bool:
    """Tell whether a hat is of that kind, and waits for just that."""
    return hat.opcode == opcode and all(hat.fields.get(name) == text for name, text in fields.items())


def _shown_monitors(project: Project) -> set[tuple[str, str]]:
    """Return the owner and the name of what the file shows; of what has no name, the opcode."""
    names = ("VARIABLE", "LIST")
    return {
        (
            monitor.sprite or project.stage.name,
            next((monitor.params[name] for name in names if name in monitor.params), monitor.opcode),
        )
        for monitor in project.monitors
        if monitor.settings.get("visible", True)
    }


def opcode_waits(hat: Hat) -> bool:
    """Tell whether a script under this hat is left alone while it runs."""
    return hat.opcode not in RESTARTED
