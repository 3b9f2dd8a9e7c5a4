// Scripts in the forum's notation as scratchblocks understands them: the reader that forum, wiki and teachers use.
'use strict';

const {pathToFileURL} = require('node:url');
const {requireEngine, serve} = require('./protocol.cjs');

const comment = block => (block.comment ? block.comment.label.value : null);

/** A part of a block's text: a word, a value in its slot, a block, or the mouth of a C-shaped block. */
const part = child => {
    if (child.isLabel) return {kind: 'label', text: child.value};
    if (child.isIcon) return {kind: 'label', text: `@${child.name}`};
    if (child.isInput) return {kind: 'value', shape: child.shape, text: String(child.value)};
    if (child.isScript) return {kind: 'script', blocks: child.blocks.map(block)};
    return block(child);
};

const block = one => {
    const {id, shape, category} = one.info;
    return {kind: 'block', id: id || null, shape, category, comment: comment(one), parts: one.children.map(part)};
};

import(pathToFileURL(requireEngine.resolve('scratchblocks/syntax/index.js'))).then(({parse}) => serve({
    read: ({texts}) => texts.map(text => parse(text, {languages: ['en']}).scripts.map(script => script.blocks.map(block)))
}));
