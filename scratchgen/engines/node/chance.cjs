// Chance that can be repeated: the blocks that draw at random take their numbers from a seeded generator.
'use strict';

// Only these; the engine also draws the ids of clones and speech bubbles, which are no part of a project's behaviour.
const DRAWING = [
    'operator_random', 'motion_goto', 'motion_glideto', 'motion_pointtowards',
    'looks_switchbackdropto', 'looks_switchbackdroptoandwait',
    'data_deleteoflist', 'data_insertatlist', 'data_replaceitemoflist', 'data_itemoflist'
];

/** Park and Miller's minimal standard generator (1988, with 48271 of 1993): exact in doubles, one line in any language. */
const generator = seed => {
    let state = (seed % 2147483646) + 1;
    return () => {
        state = (state * 48271) % 2147483647;
        return (state - 1) / 2147483646;
    };
};

/** Make the runtime's drawing blocks use the seeded generator in place of `realm.Math.random`. */
const seedBlocks = (primitives, realm, seed) => {
    const seeded = generator(seed);
    const real = realm.Math.random;
    for (const opcode of DRAWING) {
        const block = primitives[opcode];
        primitives[opcode] = (values, utility) => {
            realm.Math.random = seeded;
            try {
                return block(values, utility);
            } finally {
                realm.Math.random = real;
            }
        };
    }
};

module.exports = {seedBlocks};
