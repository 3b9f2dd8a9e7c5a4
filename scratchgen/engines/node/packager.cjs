// TurboWarp's packager: a project in, one HTML page that plays it out.
'use strict';

const fs = require('node:fs');
const {requireEngine, serve} = require('./protocol.cjs');

// The packager dates the files of the archive that it writes into the page; the same project shall give the same page.
const MOMENT = Date.UTC(1980, 0, 1);
globalThis.Date = class extends Date {
    constructor (...given) {
        super(...(given.length ? given : [MOMENT]));
    }

    static now () {
        return MOMENT;
    }
};

const {Packager, loadProject} = requireEngine('@turbowarp/packager');

/** Settle to the page's text; flag and stop sign are left to whoever frames it. */
const pack = async ({path, title}) => {
    const packager = new Packager();
    packager.project = await loadProject(fs.readFileSync(path));
    const {options} = packager;
    options.autoplay = true;
    options.username = 'player';
    options.highQualityPen = true; // the stage is larger here than the 480 × 360 pixels of the usual pen
    options.app.windowTitle = title;
    options.appearance.background = '#ffffff';
    options.appearance.foreground = '#1d2430';
    options.cloudVariables.mode = 'local'; // else the page would ask a server for them
    const {data} = await packager.package();
    return new TextDecoder().decode(data);
};

serve({pack});
