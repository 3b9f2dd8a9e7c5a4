// TurboWarp's compiling engine, out of its packager, in Node with jsdom for the browser.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const {runInContext} = require('node:vm');
const {options, requireEngine, serve} = require('./protocol.cjs');
const {Machine} = require('./machine.cjs');

const {JSDOM, VirtualConsole} = requireEngine('jsdom');

/** What the engine asks of a browser and jsdom lacks; nothing of it is needed to run blocks. */
const complete = window => {
    const {MessageChannel, TextDecoder, TextEncoder, clearImmediate, setImmediate, structuredClone} = globalThis;
    Object.assign(window, {MessageChannel, TextDecoder, TextEncoder, clearImmediate, setImmediate, structuredClone});
    window.URL.createObjectURL = () => 'blob:none';
    for (const name of ['mark', 'measure', 'clearMarks', 'clearMeasures']) window.performance[name] = () => {};
    return window;
};

const page = new JSDOM('<!doctype html><body></body>', {
    runScripts: 'outside-only', pretendToBeVisual: true, url: 'http://localhost/', virtualConsole: new VirtualConsole()
});
const {window} = page;

// Whatever a page's code finds in its window costs a call of jsdom's; compiled blocks ask for these at every turn.
// Names that the page's code declares itself are found before the window.
runInContext('const Number = this.Number, Math = this.Math;', page.getInternalVMContext());

const packager = path.dirname(requireEngine.resolve('@turbowarp/packager'));
complete(window).eval(fs.readFileSync(path.join(packager, 'scaffolding', 'scaffolding-min.js'), 'utf8'));
const {Storage, VM} = window.Scaffolding;

/** Scripts that could not be compiled run in the interpreter; that must not go unseen. */
let notCompiled = [];

const createVm = () => {
    const vm = new VM();
    notCompiled = [];
    vm.attachStorage(new Storage());
    vm.setCompilerOptions({enabled: true});
    vm.on('COMPILE_ERROR', (target, fault) => notCompiled.push(`${target.getName()}: ${fault}`));
    return vm;
};

/** The engine knows a buffer only by the classes of its own window. */
const toBuffer = bytes => {
    const copy = new window.Uint8Array(bytes.length);
    copy.set(bytes);
    return copy.buffer;
};

const machine = new Machine({createVm, realm: window, toBuffer, options});

serve({...machine.commands(), compile_errors: () => notCompiled});
