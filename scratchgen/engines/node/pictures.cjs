// Pictures of scripts with scratchblocks, in Node with jsdom for the browser: the same text gives the same picture.
'use strict';

const {pathToFileURL} = require('node:url');
const {requireEngine, serve} = require('./protocol.cjs');

const {JSDOM} = requireEngine('jsdom');
const {window} = new JSDOM('<!doctype html><body></body>');

// A browser measures text by the fonts of its machine. These are the widths of Helvetica's letters from the blank on,
// in thousandths of their size, as its published metrics give them; each text is then drawn at just that width.
const WIDTHS = [
    278, 278, 355, 556, 556, 889, 667, 222, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 222, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584
];
const OTHER_WIDTH = 600; // letters beyond ASCII
const SIZE = 16; // pixels: 12 points
const measure = text => Math.round([...text].reduce(
    (sum, letter) => sum + (WIDTHS[letter.codePointAt(0) - 32] || OTHER_WIDTH), 0) * SIZE / 1000);
window.HTMLCanvasElement.prototype.getContext = () => ({measureText: text => ({width: measure(text)})});

/** Keep of the icons those that the picture uses. */
const dropUnusedIcons = svg => {
    const used = new Set([...svg.querySelectorAll('use')].map(use => use.getAttribute('href').slice(1)));
    for (const icon of [...svg.querySelectorAll('defs > *')]) {
        if (icon.id && !used.has(icon.id) && !icon.querySelector('style')) icon.remove();
    }
};

/** Comments between scripts are scripts to scratchblocks. */
const holdsBlocks = script => script.blocks.some(block => block.isBlock);

/** Take the comments off a script's blocks: whatever they say stands beside the picture, not in it. */
const withoutComments = script => {
    const todo = [script];
    while (todo.length) {
        const node = todo.pop();
        if (node.comment) node.comment = null;
        todo.push(...(node.blocks || node.children || []));
    }
    return script;
};

/** One picture that stands alone: style inside, every text at the width that the blocks leave for it. */
const picture = (view, title) => {
    const svg = view.render();
    svg.classList.add('scratchblocks-style-scratch3');
    svg.setAttribute('role', 'img');
    dropUnusedIcons(svg);
    for (const text of svg.querySelectorAll('text')) {
        text.setAttribute('textLength', measure(text.textContent));
        text.setAttribute('lengthAdjust', 'spacingAndGlyphs');
    }
    const heading = window.document.createElementNS('http://www.w3.org/2000/svg', 'title');
    heading.textContent = title;
    svg.prepend(heading);
    return view.exportSVGString();
};

Promise.all(['syntax/index.js', 'scratch3/index.js'].map(
    name => import(pathToFileURL(requireEngine.resolve(`scratchblocks/${name}`)))
)).then(([{parse, Document}, scratch3]) => {
    scratch3.init(window);
    serve({
        draw: ({text, scale}) => parse(text, {languages: ['en']}).scripts.filter(holdsBlocks).map(one => {
            const script = withoutComments(one);
            const title = script.stringify().trim();
            return [title, picture(scratch3.newView(new Document([script]), {style: 'scratch3', scale}), title)];
        })
    });
});
