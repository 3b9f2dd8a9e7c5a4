"""The sound and music blocks, without a sound: volume, effects, tempo, and how long things last.

*Play sound until done* lasts as long as the file says that the sound is; where nothing is drawn, as under
Node, the engine has no loudspeaker and does not wait. Notes, drums and rests last their beats.
"""
# ruff: noqa: ARG002 - every row's function gets the target (and, if it waits, the thread)

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING

from scratchgen.scratch.program import Value
from scratchgen.simulator.operations import rounded
from scratchgen.simulator.rows import Row
from scratchgen.simulator.signals import RUNNING, Signal
from scratchgen.simulator.stance import clamp, wrap
from scratchgen.simulator.values import BLANKS, to_text

if TYPE_CHECKING:
    from scratchgen.simulator.machine import Machine
    from scratchgen.simulator.targets import Target
    from scratchgen.simulator.threads import Thread

__all__ = ["REPORTERS", "STATEMENTS", "SoundState"]

EFFECT_LIMITS = {"pitch": (-360.0, 360.0), "pan": (-100.0, 100.0)}
FIRST_DIGITS = re.compile(r"[+-]?[0-9]+")
"""What counts of a text that is to be a sound's number, as JavaScript's ``parseInt`` has it."""
LONGEST_BEATS = 100.0
TEMPO_LIMITS = (20.0, 500.0)
INSTRUMENTS = 21
MIDI_RUNS = """
1x4 2x2 4x2 17x3 16 19 16 17x2 3x8 4x2 5x6 6x8 8x5 7 8 19 8x4 15x3 19 9x8 11x4 14x3 10 12x2 13x4 12x2 20x8
21x16 4x4 17 14 8 10 17x2 18 19 1x4 21x8
"""
"""The engine's instrument for each of General MIDI's 128: its number, and how often it follows itself."""
MIDI_INSTRUMENTS = tuple(
    int(number)
    for number, _, times in (run.partition("x") for run in MIDI_RUNS.split())
    for _ in range(int(times or 1))
)


class SoundState:
    """Does the sound and music blocks of a machine's targets."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def play(self, target: Target, name: Value) -> None:
        """Play a sound; nobody hears it."""

    def play_until_done(self, target: Target, thread: Thread, name: Value) -> Generator[Signal, None, None]:
        """Wait as long as a sound lasts, found by its name or else by its number."""
        sounds = target.sprite.sounds
        names = [sound.name for sound in sounds]
        if not self.machine.drawn or not sounds:
            return
        if name in names:
            sound = sounds[names.index(to_text(name))]
        elif found := FIRST_DIGITS.match(to_text(name).strip(BLANKS)):
            sound = sounds[(int(found.group()) - 1) % len(sounds)]
        else:
            return
        if sound.rate > 0:
            yield self.machine.alarm(sound.sample_count / sound.rate)

    def set_volume(self, target: Target, thread: Thread, volume: float) -> Generator[Signal, None, None]:
        """Set the volume in percent; goes on in the next step."""
        target.stance.volume = clamp(volume, 0.0, 100.0)
        yield self.machine.now

    def change_volume(self, target: Target, thread: Thread, change: float) -> Generator[Signal, None, None]:
        """Change the volume in percent; goes on in the next step."""
        return self.set_volume(target, thread, change + target.stance.volume)

    def volume(self, target: Target) -> float:
        """Return the volume in percent."""
        return target.stance.volume

    def set_effect(
        self, target: Target, thread: Thread, effect: str, value: float
    ) -> Generator[Signal, None, None]:
        """Set a sound effect, if there is such a one; goes on in the next step."""
        name = effect.lower()
        if name in target.stance.sound_effects:
            target.stance.sound_effects[name] = clamp(value, *EFFECT_LIMITS[name])
            yield self.machine.now

    def change_effect(
        self, target: Target, thread: Thread, effect: str, change: float
    ) -> Generator[Signal, None, None]:
        """Change a sound effect; goes on in the next step."""
        before = target.stance.sound_effects.get(effect.lower(), 0.0)
        return self.set_effect(target, thread, effect, before + change)

    def clear_effects(self, target: Target) -> None:
        """Set all sound effects to 0."""
        target.stance.sound_effects = dict.fromkeys(target.stance.sound_effects, 0.0)

    def stop_all(self, target: Target) -> None:
        """Stop all sounds; who waits for a sound to be done waits on."""

    # -- music

    def set_tempo(self, target: Target, tempo: float) -> None:
        """Set the tempo in beats a minute, for the whole project."""
        self.machine.stage.stance.tempo = clamp(tempo, *TEMPO_LIMITS)

    def change_tempo(self, target: Target, change: float) -> None:
        """Change the tempo in beats a minute."""
        self.set_tempo(target, change + self.machine.stage.stance.tempo)

    def tempo(self, target: Target) -> float:
        """Return the tempo in beats a minute."""
        return self.machine.stage.stance.tempo

    def set_instrument(self, target: Target, number: float) -> None:
        """Choose an instrument by its number, from 1; beyond the last they begin anew."""
        self._choose_instrument(target, rounded(number) - 1)

    def set_midi_instrument(self, target: Target, number: float) -> None:
        """Choose the instrument that stands for one of General MIDI, by its number, from 1."""
        place = rounded(number) - 1
        known = MIDI_INSTRUMENTS[int(place)] if 0 <= place < len(MIDI_INSTRUMENTS) else 0
        self._choose_instrument(target, known - 1.0)

    def _choose_instrument(self, target: Target, place: float) -> None:
        target.stance.instrument = wrap(place, 0.0, INSTRUMENTS - 1.0) + 1

    def rest(self, target: Target, thread: Thread, beats: float) -> Generator[Signal, None, None]:
        """Wait some beats."""
        start = self.machine.now
        duration = 60 / self.machine.stage.stance.tempo * clamp(beats, 0.0, LONGEST_BEATS) * 1000
        while True:
            thread.left = -1
            yield RUNNING
            if self.machine.now - start >= duration:
                return

    def play_drum(
        self, target: Target, thread: Thread, drum: Value, beats: float
    ) -> Generator[Signal, None, None]:
        """Wait as long as a drum lasts."""
        return self.rest(target, thread, beats)

    def play_note(
        self, target: Target, thread: Thread, note: Value, beats: float
    ) -> Generator[Signal, None, None]:
        """Wait as long as a note lasts; one of no beats is not played at all."""
        if clamp(beats, 0.0, LONGEST_BEATS) > 0:
            yield from self.rest(target, thread, beats)


PLAY_DRUM = Row(call="sound.play_drum", arguments=("DRUM:value", "BEATS:number"), waits="turns")

STATEMENTS: Mapping[str, Row] = {
    "sound_play": Row(call="sound.play", arguments=("SOUND_MENU:value",)),
    "sound_playuntildone": Row(call="sound.play_until_done", arguments=("SOUND_MENU:value",), waits="alarm"),
    "sound_stopallsounds": Row(call="sound.stop_all"),
    "sound_changeeffectby": Row(
        call="sound.change_effect", arguments=("EFFECT:field", "VALUE:number"), waits="alarm"
    ),
    "sound_seteffectto": Row(
        call="sound.set_effect", arguments=("EFFECT:field", "VALUE:number"), waits="alarm"
    ),
    "sound_cleareffects": Row(call="sound.clear_effects"),
    "sound_changevolumeby": Row(call="sound.change_volume", arguments=("VOLUME:number",), waits="alarm"),
    "sound_setvolumeto": Row(call="sound.set_volume", arguments=("VOLUME:number",), waits="alarm"),
    "music_playDrumForBeats": PLAY_DRUM,
    "music_midiPlayDrumForBeats": PLAY_DRUM,
    "music_restForBeats": Row(call="sound.rest", arguments=("BEATS:number",), waits="turns"),
    "music_playNoteForBeats": Row(
        call="sound.play_note", arguments=("NOTE:value", "BEATS:number"), waits="turns"
    ),
    "music_setInstrument": Row(call="sound.set_instrument", arguments=("INSTRUMENT:number",)),
    "music_midiSetInstrument": Row(call="sound.set_midi_instrument", arguments=("INSTRUMENT:number",)),
    "music_setTempo": Row(call="sound.set_tempo", arguments=("TEMPO:number",)),
    "music_changeTempo": Row(call="sound.change_tempo", arguments=("TEMPO:number",)),
}

REPORTERS: Mapping[str, Row] = {
    "sound_volume": Row(call="sound.volume", kind="number"),
    "music_getTempo": Row(call="sound.tempo", kind="number"),
}
