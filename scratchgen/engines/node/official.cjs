// The official engine, scratch-vm, in plain Node: no pictures, no network, steps taken by hand.
'use strict';

const {options, requireEngine, serve} = require('./protocol.cjs');
const {Machine} = require('./machine.cjs');
const {BlockCounter} = require('./executed.cjs');
const {evaluate} = require('./operators.cjs');
const {SilentRenderer} = require('./renderer.cjs');
const {encode} = require('./values.cjs');

const VirtualMachine = requireEngine('scratch-vm');
const {ScratchStorage} = requireEngine('scratch-storage');

/** Assets come from the project's own archive: the storage has no web address to ask. */
const createVm = () => {
    const vm = new VirtualMachine();
    vm.attachStorage(new ScratchStorage());
    if (options.drawn) vm.attachRenderer(new SilentRenderer());
    return vm;
};

const machine = new Machine({createVm, realm: globalThis, toBuffer: bytes => bytes, options});
const calculator = createVm().runtime;

const counter = new BlockCounter();

/** What the pens have drawn, with the names of the sprites that left stamps. */
const strokes = () => machine.runtime.renderer.strokes.map(stroke => ({
    ...stroke,
    ...(stroke.ends && {ends: stroke.ends.map(encode), rgba: stroke.rgba.map(encode)})
}));

serve({
    ...machine.commands(),
    operators: ({calls}) => evaluate(calculator, calls),
    count_blocks: () => counter.watch(machine.runtime._primitives),
    executed: () => counter.counts,
    strokes
});
