// A clock that moves one frame a step, so that waiting costs nothing and a run is the same every time.
// Within a frame time stands still; how long a script may work is counted in turns instead (see TurnTimer).
'use strict';

const FRAMES_PER_SECOND = 30;

/** Replaces the engine's stopwatch for work in a frame: each time it is asked, `milliseconds` more have passed. */
class TurnTimer {
    constructor (milliseconds) {
        this.milliseconds = milliseconds;
        this.turns = 0;
    }

    start () {
        this.turns = 0;
    }

    timeElapsed () {
        return this.turns++ * this.milliseconds;
    }
}

/** `realm` is the global object that the engine sees: Node's own, or a jsdom window. */
class SimulatedClock {
    constructor (realm, {start, turn}) {
        this.start = start;
        this.turn = turn;
        this.alarms = [];
        this.serial = 0;
        this.stepping = false;
        this.reset();
        this.replaceDate(realm);
        this.replaceTimeouts(realm);
    }

    reset () {
        this.frame = 0;
        this.now = this.start;
        this.alarms.length = 0;
    }

    replaceDate (realm) {
        const clock = this;
        const RealDate = realm.Date;
        realm.Date = class SimulatedDate extends RealDate {
            constructor (...given) {
                super(...(given.length ? given : [clock.now]));
            }

            static now () {
                return clock.now;
            }
        };
    }

    /** Only time-outs asked for by blocks are simulated; loading a project keeps the real ones. */
    replaceTimeouts (realm) {
        const {setTimeout: realSet, clearTimeout: realClear} = realm;
        realm.setTimeout = (action, delay, ...given) => {
            if (!this.stepping) return realSet.call(realm, action, delay, ...given);
            const alarm = {due: this.now + Math.max(Number(delay) || 0, 0), serial: this.serial++, action, given};
            this.alarms.push(alarm);
            return alarm;
        };
        realm.clearTimeout = alarm => {
            const place = this.alarms.indexOf(alarm);
            if (place < 0) realClear.call(realm, alarm);
            else this.alarms.splice(place, 1);
        };
    }

    /** Give the engine's scheduler stopwatches that count turns. */
    adopt (sequencer) {
        const stepThread = sequencer.stepThread.bind(sequencer);
        sequencer.timer = new TurnTimer(this.turn);
        sequencer.stepThread = thread => {
            thread.warpTimer = new TurnTimer(this.turn);
            stepThread(thread);
        };
    }

    /** Move to the next frame and ring the alarms that are due, in the order of their times. */
    advance () {
        this.frame++;
        this.now = this.start + Math.floor(this.frame * 1000 / FRAMES_PER_SECOND); // whole, as Date.now() is
        const due = this.alarms.filter(alarm => alarm.due <= this.now);
        due.sort((one, other) => one.due - other.due || one.serial - other.serial);
        for (const alarm of due) {
            this.alarms.splice(this.alarms.indexOf(alarm), 1);
            alarm.action(...alarm.given);
        }
    }

    /** Do a step's work with blocks' time-outs simulated. */
    during (work) {
        this.stepping = true;
        try {
            return work();
        } finally {
            this.stepping = false;
        }
    }
}

/** The same interface over the machine's own clock. */
const realClock = {reset () {}, adopt () {}, advance () {}, during: work => work()};

module.exports = {FRAMES_PER_SECOND, SimulatedClock, realClock};
