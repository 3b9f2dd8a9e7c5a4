// Prints what the official engine says of its blocks: opcodes, hats, and each extension's description of itself.
'use strict';

const {createRequire} = require('node:module');
const path = require('node:path');

const requireEngine = createRequire(path.join(process.argv[2], 'package.json'));
// by their paths: the package names only its entry
const extensions = path.join(process.argv[2], 'node_modules/scratch-vm/src/extensions');
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true; // the engine logs there
globalThis.navigator = {language: 'en'};

const VirtualMachine = requireEngine('scratch-vm');
const EXTENSIONS = ['pen', 'music', 'text2speech', 'translate', 'video_sensing', 'microbit', 'ev3', 'wedo2', 'boost',
    'gdx_for', 'makeymakey'];

const describe = name => {
    const machine = new VirtualMachine();
    machine.runtime.ioDevices.video = {setPreviewGhost () {}, enableVideo () {}, disableVideo () {}, getFrame () {}};
    const Extension = requireEngine(path.join(extensions, `scratch3_${name}`, 'index.js'));
    const {id, blocks, menus} = new Extension(machine.runtime).getInfo();
    return {
        id,
        blocks: blocks.filter(block => typeof block === 'object'),
        menus: Object.fromEntries(Object.entries(menus || {}).map(([key, {items}]) => [key, items.map(
            item => (typeof item === 'object' ? [item.text, item.value] : [item, item]))]))
    };
};

const {runtime} = new VirtualMachine();
write(JSON.stringify({
    opcodes: [...Object.keys(runtime._primitives), ...Object.keys(runtime._hats)],
    hats: Object.keys(runtime._hats),
    extensions: EXTENSIONS.map(describe)
}), () => process.exit());
