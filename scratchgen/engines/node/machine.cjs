// What can be done with a project in an engine: load it, start scripts, take steps, ask, and look at its state.
// The official engine and TurboWarp's share this; each brings its own way to make a virtual machine.
'use strict';

const {FRAMES_PER_SECOND, SimulatedClock, realClock} = require('./clock.cjs');
const {seedBlocks} = require('./chance.cjs');
const {pack, unpack} = require('./columns.cjs');
const {decode, encode} = require('./values.cjs');

const WAITING_FOR_PROMISE = 1; // Thread.STATUS_PROMISE_WAIT, in both engines

/** Put an empty file in the place of a missing one: the editor shows "?" then; here nothing is drawn or played. */
const replaceMissing = storage => {
    const load = storage.load.bind(storage);
    storage.load = async (type, id, format) =>
        await load(type, id, format) || storage.createAsset(type, format || type.runtimeFormat, new Uint8Array(), id);
};

/** Let promises that blocks wait for settle; takes no time to speak of. */
const settle = () => new Promise(resolve => setImmediate(resolve));

/** An object's numbers, ready for JSON. */
const encodeAll = numbers => Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, encode(value)]));

class Machine {
    /** `createVm()` makes a virtual machine; `realm` is the global object its code sees; `toBuffer` makes its bytes. */
    constructor ({createVm, realm, toBuffer, options}) {
        this.createVm = createVm;
        this.realm = realm;
        this.toBuffer = toBuffer;
        this.seed = options.seed;
        this.clock = options.clock ? new SimulatedClock(realm, options.clock) : realClock;
    }

    /** Load a project into a new virtual machine, so that nothing is left of the one before. */
    async load ({data}) {
        this.clock.reset();
        this.vm = this.createVm();
        this.runtime = this.vm.runtime;
        this.says = [];
        this.questions = [];
        this.asking = false;
        this.steps = 0;
        this.begun = 0; // what comes in from outside falls between two steps, and belongs to the one before
        this.runtime.currentStepTime = 1000 / FRAMES_PER_SECOND;
        this.clock.adopt(this.runtime.sequencer);
        replaceMissing(this.runtime.storage);
        if (typeof this.seed === 'number') seedBlocks(this.runtime._primitives, this.realm, this.seed);
        this.runtime.on('SAY', (target, kind, value) => this.recordSay(target, kind, value));
        this.runtime.on('QUESTION', question => this.recordQuestion(question));
        await this.vm.loadProject(this.toBuffer(Buffer.from(data, 'base64')));
    }

    /** The engine's own listener came first and has written the bubble's text into the target's state. */
    recordSay (target, kind, value) {
        const bubble = target.getCustomState('Scratch.looks');
        this.says.push([target.getName(), bubble ? bubble.text : String(value), kind, this.steps, this.begun, encode(value)]);
    }

    /** A question is null when the one before is taken back. */
    recordQuestion (question) {
        this.asking = question !== null;
        if (this.asking) this.questions.push([question, this.begun]);
    }

    /** The engine asks the next question, if there is one, before it is done with this answer. */
    answer ({text}) {
        this.asking = false;
        this.runtime.emit('ANSWER', text);
    }

    /** As the mouse does it: a script under the stage's hat may have been dragged to a sprite, and the other way. */
    click ({name}) {
        for (const hat of ['event_whenthisspriteclicked', 'event_whenstageclicked']) {
            this.runtime.startHats(hat, null, this.target(name));
        }
    }

    originals () {
        return this.runtime.targets.filter(target => target.isOriginal);
    }

    target (name) {
        const found = name === null ? this.runtime.getTargetForStage() : this.originals().find(t => t.getName() === name);
        if (!found) throw new Error(`there is no sprite named ${JSON.stringify(name)}`);
        return found;
    }

    /** A variable (type '') or list as a block of the sprite sees it: its own before the stage's. */
    slot (name, type, sprite) {
        for (const target of new Set([this.target(sprite), this.runtime.getTargetForStage()])) {
            const found = Object.values(target.variables).find(slot => slot.name === name && slot.type === type);
            if (found) return found;
        }
        throw new Error(`there is no ${type || 'variable'} named ${JSON.stringify(name)} for ${sprite || 'all sprites'}`);
    }

    /** Threads that scripts run in; those that refresh a monitor do not count. */
    scripts () {
        return this.runtime.threads.filter(thread => !thread.updateMonitor);
    }

    async step () {
        this.begun++;
        this.clock.advance();
        if (this.runtime.threads.some(thread => thread.status === WAITING_FOR_PROMISE)) await settle();
        this.clock.during(() => this.runtime._step());
        this.steps++;
    }

    /** Take steps until no script runs, at most `maxSteps`. */
    async run ({maxSteps}) {
        let steps = 0;
        while (this.scripts().length > 0 && steps < maxSteps) {
            await this.step();
            steps++;
        }
        return {steps, idle: this.scripts().length === 0};
    }

    async takeSteps ({count}) {
        for (let steps = 0; steps < count; steps++) await this.step();
    }

    broadcast ({name}) {
        const started = this.runtime.startHats('event_whenbroadcastreceived', {BROADCAST_OPTION: name});
        return started ? started.length : 0;
    }

    /** For each row: set the inputs, send the broadcast, run until idle, read the logits and the answer. */
    async ask ({broadcast, inputs, logits, answer, rows, maxSteps}) {
        const questions = inputs.map(([name, place]) => ({slot: this.slot(name, place ? 'list' : '', null), place}));
        const list = this.slot(logits, 'list', null);
        const result = this.slot(answer, '', null);
        const answers = [];
        for (const row of rows) {
            questions.forEach(({slot, place}, number) => {
                const value = decode(row[number]);
                if (place) slot.value[place - 1] = value;
                else slot.value = value;
            });
            if (this.broadcast({name: broadcast}) === 0) throw new Error(`no script receives the broadcast "${broadcast}"`);
            const {idle} = await this.run({maxSteps});
            if (!idle) throw new Error(`scripts still run ${maxSteps} steps after the question ${row.join(',')}`);
            answers.push([list.value.map(encode), encode(result.value)]);
        }
        return answers;
    }

    /** Fill lists of a sprite with packed numbers and empty others, send the broadcast, run, and pack what they hold. */
    async work ({sprite, broadcast, given, wanted, maxSteps}) {
        for (const name in given) this.slot(name, 'list', sprite).value = unpack(given[name]);
        const lists = wanted.map(name => this.slot(name, 'list', sprite));
        for (const list of lists) list.value = [];
        if (this.broadcast({name: broadcast}) === 0) throw new Error(`no script receives the broadcast "${broadcast}"`);
        const {idle} = await this.run({maxSteps});
        if (!idle) throw new Error(`scripts still run ${maxSteps} steps after the broadcast "${broadcast}"`);
        return lists.map(list => pack(list.value));
    }

    variables (target, type, read) {
        const slots = Object.values(target.variables).filter(slot => slot.type === type);
        return Object.fromEntries(slots.map(slot => [slot.name, read(slot.value)]));
    }

    state () {
        return this.originals().map(target => [target.getName(), {
            variables: this.variables(target, '', String),
            lists: this.variables(target, 'list', items => items.map(String))
        }]);
    }

    /** Everything of sprites, clones and stage that needs no pixels, in the order in which the engine runs them. */
    sprites () {
        return this.runtime.executableTargets.map(target => ({
            name: target.getName(),
            is_clone: !target.isOriginal,
            x: encode(target.x),
            y: encode(target.y),
            direction: encode(target.direction),
            size: encode(target.size),
            visible: target.visible,
            draggable: target.draggable,
            rotation_style: target.rotationStyle,
            costume: target.currentCostume + 1,
            volume: encode(target.volume),
            effects: encodeAll(target.effects),
            sound_effects: this.kept(target, 'sound', ({effects}) => encodeAll(effects)) || {},
            instrument: this.kept(target, 'music', ({currentInstrument}) => encode(currentInstrument + 1)) || 1,
            tempo: encode(target.tempo),
            bubble: this.kept(target, 'looks', ({text}) => text) || '',
            pen: this.kept(target, 'pen', pen => ({
                is_down: pen.penDown,
                ...encodeAll({
                    colour: pen.color,
                    saturation: pen.saturation,
                    brightness: pen.brightness,
                    transparency: pen.transparency,
                    shade: pen._shade,
                    size: pen.penAttributes.diameter
                }),
                rgba: pen.penAttributes.color4f.map(encode)
            })),
            variables: this.variables(target, '', encode),
            lists: this.variables(target, 'list', items => items.map(encode))
        }));
    }

    /** What a category of blocks keeps with a target; null where none of its blocks has run there. */
    kept (target, category, read) {
        const state = target.getCustomState(`Scratch.${category}`);
        return state ? read(state) : null;
    }

    /** The monitors that the project has, by the sprite whose they are (or none) and what they show. */
    monitors () {
        return [...this.runtime.getMonitorState().values()].map(monitor => {
            const {spriteName, opcode, params, visible} = monitor.toJS ? monitor.toJS() : monitor;
            return {sprite: spriteName || null, opcode, params: params || {}, visible};
        });
    }

    /** The table of commands for Python. */
    commands () {
        return {
            load: request => this.load(request),
            click_flag: () => this.vm.greenFlag(),
            click_stop: () => this.vm.stopAll(),
            click_sprite: request => this.click(request),
            broadcast: request => this.broadcast(request),
            key: ({key, down}) => this.vm.postIOData('keyboard', {key, isDown: down}),
            mouse: ({x, y, down}) => this.vm.postIOData('mouse',
                {x: x + 240, y: 180 - y, canvasWidth: 480, canvasHeight: 360, isDown: down}),
            answer: request => this.answer(request),
            asking: () => this.asking,
            step: request => this.takeSteps(request),
            run: request => this.run(request),
            ask: request => this.ask(request),
            work: request => this.work(request),
            variable: ({name, sprite}) => encode(this.slot(name, '', sprite).value),
            set_variable: ({name, value, sprite}) => { this.slot(name, '', sprite).value = decode(value); },
            list_items: ({name, sprite}) => this.slot(name, 'list', sprite).value.map(encode),
            set_list: ({name, items, sprite}) => { this.slot(name, 'list', sprite).value = items.map(decode); },
            says: () => this.says,
            questions: () => this.questions,
            state: () => this.state(),
            sprites: () => this.sprites(),
            monitors: () => this.monitors()
        };
    }
}

module.exports = {Machine};
