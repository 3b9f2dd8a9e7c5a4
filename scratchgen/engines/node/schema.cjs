// The official schema check, scratch-parser: what the website and the editor ask of a file first.
'use strict';

const fs = require('node:fs');
const {describe, requireEngine, serve} = require('./protocol.cjs');

const parse = requireEngine('scratch-parser');

/** Settle to null for a file that is accepted, to the reason for one that is not. */
const check = path => new Promise(resolve => {
    parse(fs.readFileSync(path), false, fault => resolve(fault ? describe(fault) : null));
});

serve({check: ({paths}) => Promise.all(paths.map(check))});
