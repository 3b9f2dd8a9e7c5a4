// Values of Scratch in JSON. Text, booleans and most numbers stand for themselves (lone surrogates are escaped by
// JSON.stringify); the numbers that JSON lacks are written {"number": "NaN" | "Infinity" | "-Infinity" | "-0"}.
'use strict';

const encode = value => {
    switch (typeof value) {
    case 'number':
        if (Object.is(value, -0)) return {number: '-0'};
        return Number.isFinite(value) ? value : {number: String(value)};
    case 'string':
    case 'boolean':
        return value;
    case 'undefined':
        return null;
    default:
        return value === null ? null : String(value);
    }
};

const decode = value => (typeof value === 'object' && value !== null ? Number(value.number) : value);

module.exports = {decode, encode};
