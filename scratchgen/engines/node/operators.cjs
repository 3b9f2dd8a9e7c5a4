// The official engine as an oracle for single blocks: its own functions, called with any values.
'use strict';

const {decode, encode} = require('./values.cjs');

/** Call list blocks on a list of ours: they ask their target for a list and change it in place. */
const withList = (block, values, runtime) => {
    const list = {value: values.LIST.map(decode), _monitorUpToDate: false};
    const target = {lookupOrCreateList: () => list, runtime};
    const reported = block({...values, LIST: {id: '', name: ''}}, {target, runtime});
    return [encode(reported), list.value.map(encode)];
};

/** Evaluate many calls [opcode, {ARGUMENT: value}]; a list block reports [value, items afterwards]. */
const evaluate = (runtime, calls) => calls.map(([opcode, given]) => {
    const block = runtime.getOpcodeFunction(opcode);
    if (!block) throw new Error(`the engine has no block ${opcode}`);
    const values = {};
    for (const name in given) values[name] = name === 'LIST' ? given[name] : decode(given[name]);
    return 'LIST' in values ? withList(block, values, runtime) : encode(block(values, {runtime}));
});

module.exports = {evaluate};
