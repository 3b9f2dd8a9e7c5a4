// Counts how often each kind of block is executed: every block's function is put behind one that counts.
'use strict';

class BlockCounter {
    constructor () {
        this.counts = {};
    }

    /** Must come before the first step: the engine remembers the functions of the blocks that it has executed. */
    watch (primitives) {
        this.counts = {};
        for (const [opcode, block] of Object.entries(primitives)) {
            primitives[opcode] = (values, utility) => {
                this.counts[opcode] = (this.counts[opcode] || 0) + 1;
                return block(values, utility);
            };
        }
    }
}

module.exports = {BlockCounter};
