// Long lists in few bytes: numbers as doubles in base 64; whatever else stands in a list, once each, with a table of
// which stands where. The other half of this is columns.py.
'use strict';

const {encode} = require('./values.cjs');

const base64 = array => Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');

/** The numbers that Python packed, as an array of the kind that lists are. */
const unpack = text => {
    const bytes = Buffer.from(text, 'base64');
    return Array.from(new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)));
};

/** {count, numbers, values, which}: `which` is −1 where an item is a number; what nobody needs is null. */
const pack = items => {
    const numbers = new Float64Array(items.length).fill(NaN);
    const which = new Int32Array(items.length).fill(-1);
    const places = new Map(); // a text and a boolean are never one key
    let found = 0;
    for (let place = 0; place < items.length; place++) {
        const item = items[place];
        if (typeof item === 'number') {
            numbers[place] = item;
            found++;
            continue;
        }
        if (!places.has(item)) places.set(item, places.size);
        which[place] = places.get(item);
    }
    return {
        count: items.length,
        numbers: found ? base64(numbers) : null,
        values: [...places.keys()].map(encode),
        which: found < items.length ? base64(which) : null
    };
};

module.exports = {pack, unpack};
