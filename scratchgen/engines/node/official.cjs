// The official engine, scratch-vm, in plain Node: no renderer, no network, steps taken by hand.
'use strict';

const {options, requireEngine, serve} = require('./protocol.cjs');
const {Machine} = require('./machine.cjs');
const {BlockCounter} = require('./executed.cjs');
const {evaluate} = require('./operators.cjs');

const VirtualMachine = requireEngine('scratch-vm');
const {ScratchStorage} = requireEngine('scratch-storage');

/** Assets come from the project's own archive: the storage has no web address to ask. */
const createVm = () => {
    const vm = new VirtualMachine();
    vm.attachStorage(new ScratchStorage());
    return vm;
};

const machine = new Machine({createVm, realm: globalThis, toBuffer: bytes => bytes, options});
const calculator = createVm().runtime;

const counter = new BlockCounter();

serve({
    ...machine.commands(),
    operators: ({calls}) => evaluate(calculator, calls),
    count_blocks: () => counter.watch(machine.runtime._primitives),
    executed: () => counter.counts
});
