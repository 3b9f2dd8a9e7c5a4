// The official editor in headless Chromium, used as a person uses it: its menus, its flag, its stage.
'use strict';

const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const {describe, options, requireEngine, serve} = require('./protocol.cjs');

const {chromium} = requireEngine('playwright-core');

const TYPES = {
    '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json',
    '.svg': 'image/svg+xml', '.wasm': 'application/wasm', '.mp3': 'audio/mpeg', '.cur': 'image/x-icon'
};
const OPENING = 120000; // milliseconds for the editor, or a large project, to open
// The editor's own messages come as logs, their kind and origin in styled text. Warnings of the browser are about the
// editor's making, not about a project.
const LOGGED = /^%c[^%]*%c\s*%c(ERROR|WARN)%c[^]*?%c\s*[\w-]+%c/;
const COLOURS = /%c|\u001b\[[0-9;]*m| color: #[^]*$/g;
const ARGUMENTS = [
    '--disable-gpu', '--enable-unsafe-swiftshader', '--mute-audio', '--disable-dev-shm-usage', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'
];

/** Serve the files of these folders, the first one that has it, on a port of this machine. */
const serveFolders = folders => new Promise(resolve => {
    const server = http.createServer((request, response) => {
        const wanted = path.normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
        const file = folders.map(folder => path.join(folder, wanted))
            .find(candidate => fs.existsSync(candidate) && fs.statSync(candidate).isFile());
        if (!file) return response.writeHead(404).end();
        response.writeHead(200, {'content-type': TYPES[path.extname(file)] || 'application/octet-stream'});
        return fs.createReadStream(file).pipe(response);
    });
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`));
});

class Editor {
    async start () {
        this.address = await serveFolders([options.editor, __dirname]);
        this.browser = await chromium.launch({executablePath: options.chromium, args: ARGUMENTS});
        this.page = await this.browser.newPage({viewport: {width: options.width, height: options.height}});
        this.page.on('console', message => {
            const text = message.text();
            if (message.type() === 'error' || LOGGED.test(text)) this.complain(text.replace(LOGGED, ''));
        });
        this.page.on('pageerror', fault => this.complain(String(fault)));
        this.page.on('dialog', dialog => dialog.accept().catch(() => {}));
        this.page.on('request', request => {
            if (!request.url().startsWith(this.address) && /^(https?|wss?):/.test(request.url())) {
                this.requests.push(request.url());
            }
        });
        await this.reload();
    }

    complain (text) {
        this.complaints.push(text.replace(COLOURS, '').replace(/\s+/g, ' ').trim().slice(0, 500));
    }

    /** Open the editor's page anew: blocks that it failed to draw would stay and clash with the next project's. */
    async reload () {
        this.forget();
        await this.page.goto(`${this.address}/editor.html`);
        await this.page.waitForFunction(() => window.probe && window.probe.ready(), null, {timeout: OPENING});
        this.clean = true;
    }

    forget () {
        this.complaints = [];
        this.requests = [];
    }

    /** File > Load from your computer. */
    async load ({path: file}) {
        if (!this.clean) await this.reload();
        this.forget();
        this.clean = false;
        await this.page.evaluate(() => Object.assign(window.probe.seen, {loads: 0, refusal: null, says: []}));
        const start = performance.now();
        await this.page.getByText('File', {exact: true}).first().click();
        const chooser = this.page.waitForEvent('filechooser');
        await this.page.getByText('Load from your computer').click();
        await (await chooser).setFiles(file);
        const settled = await this.page.waitForFunction(() => window.probe.loaded(), null, {timeout: OPENING});
        const outcome = await settled.jsonValue();
        const seconds = (performance.now() - start) / 1000;
        await this.page.keyboard.press('Escape');
        return {...outcome, reason: outcome.loaded ? '' : describe(outcome.reason), seconds};
    }

    /** File > Save to your computer. */
    async save ({path: file}) {
        await this.page.getByText('File', {exact: true}).first().click();
        const download = this.page.waitForEvent('download');
        await this.page.getByText('Save to your computer').click();
        await (await download).saveAs(file);
    }

    /** Look at every sprite's scripts; the sprite that was open first is open again afterwards. */
    async drawn () {
        const {names, open} = await this.page.evaluate(() => window.probe.sprites());
        const sprites = [];
        for (const name of names) sprites.push(await this.page.evaluate(one => window.probe.drawn(one), name));
        await this.select({sprite: open});
        this.clean = sprites.every(({missing}) => missing.length === 0);
        return sprites;
    }

    async select ({sprite}) {
        await this.page.evaluate(name => window.probe.drawn(name), sprite);
    }

    /** Click a control by the start of its class, which the editor's builds keep. */
    async click (className) {
        await this.page.locator(`[class*=${className}]`).first().click();
    }

    async clickFlag () {
        await this.page.evaluate(() => { window.probe.seen.says = []; });
        await this.click('green-flag_green-flag');
    }

    stage () {
        return this.page.locator('[class*=stage_stage_] canvas').first();
    }

    /** Where a place on the stage (x from -240, y from -180) lies in the page. */
    async place ([x, y]) {
        const {x: left, y: top, width, height} = await this.stage().boundingBox();
        return [left + (x + 240) * width / 480, top + (180 - y) * height / 360];
    }

    /** Press the mouse at the first place, move it through the others, let it go at the last. */
    async drag ({places}) {
        const [first, ...others] = await Promise.all(places.map(place => this.place(place)));
        await this.page.mouse.move(...first);
        await this.page.mouse.down();
        await this.frames({count: 2});
        for (const point of others) {
            await this.page.mouse.move(...point);
            await this.frames({count: 1});
        }
        await this.page.mouse.up();
        await this.frames({count: 1});
    }

    /** Hold a key for so many frames; the engine hears keys wherever the focus is not in a field of text. */
    async key ({key, count}) {
        await this.page.keyboard.down(key);
        await this.frames({count});
        await this.page.keyboard.up(key);
        await this.frames({count: 1});
    }

    /** Wait for the box under the stage that a question opens, and type into it. */
    async answer ({text}) {
        const box = this.page.locator('[class*=question_question] input');
        await box.fill(text, {timeout: OPENING});
        await box.press('Enter');
        await this.frames({count: 2});
    }

    /** Let the engine take so many frames. */
    async frames ({count}) {
        const last = count + await this.page.evaluate(() => window.probe.seen.frames);
        await this.page.waitForFunction(frame => window.probe.seen.frames >= frame, last, {timeout: OPENING});
    }

    /** Wait until no script runs, at most so many frames; tell whether none does. */
    async run ({count}) {
        const last = count + await this.page.evaluate(() => window.probe.seen.frames);
        await this.page.waitForFunction(
            frame => window.probe.running() === 0 || window.probe.seen.frames >= frame, last, {timeout: 0}
        );
        return await this.page.evaluate(() => window.probe.running()) === 0;
    }

    /** Wait until a variable holds a text, at most so many frames; tell whether it does. */
    async until ({sprite, variable, text, count}) {
        const last = count + await this.page.evaluate(() => window.probe.seen.frames);
        const holds = ([slot, wanted, frame]) => {
            const held = window.probe.text(slot) === wanted;
            return held || window.probe.seen.frames >= frame ? {held} : null;
        };
        const settled = await this.page.waitForFunction(holds, [[sprite, variable], text, last], {timeout: 0});
        return (await settled.jsonValue()).held;
    }

    async fullScreen () {
        await this.page.locator('[class*=stage-header_stage-button]').last().click();
        await this.frames({count: 2});
    }

    /** A picture of the whole page, the stage alone, or the scripts alone. */
    async screenshot ({path: file, part}) {
        const parts = {page: this.page, stage: this.stage(), code: this.page.locator('.injectionDiv').first()};
        await parts[part].screenshot({path: file});
    }

    commands () {
        return {
            load: request => this.load(request),
            save: request => this.save(request),
            drawn: () => this.drawn(),
            select: request => this.select(request),
            click_flag: () => this.clickFlag(),
            click_stop: () => this.click('stop-all_stop-all'),
            drag: request => this.drag(request),
            key: request => this.key(request),
            answer: request => this.answer(request),
            frames: request => this.frames(request),
            run: request => this.run(request),
            full_screen: () => this.fullScreen(),
            screenshot: request => this.screenshot(request),
            record: ({variables}) => this.page.evaluate(names => window.probe.record(names), variables),
            recorded: () => this.page.evaluate(() => window.probe.recorded()),
            until: request => this.until(request),
            says: () => this.page.evaluate(() => window.probe.seen.says),
            state: () => this.page.evaluate(() => window.probe.state()),
            troubles: () => ({complaints: this.complaints, requests: this.requests}),
            quit: () => this.browser.close()
        };
    }
}

const editor = new Editor();
editor.start().then(() => serve(editor.commands()));
