// Plays a packed page in Chromium with everything outside blocked, by keyboard alone, and prints what was seen.
// Arguments: the folder of the engines, Chromium, the page, a folder for pictures.
'use strict';

const {createRequire} = require('node:module');
const path = require('node:path');

const [, , engines, executablePath, file, pictures] = process.argv;
const {chromium} = createRequire(path.join(engines, 'package.json'))('playwright-core');
const OPENING = 60000; // milliseconds
const TABS = 10;

/** Run in the page: what the variables hold, and how many scripts run. */
const look = () => ({
    running: window.vm.runtime.threads.filter(thread => !thread.updateMonitor).length,
    variables: Object.fromEntries(window.vm.runtime.targets.flatMap(target => Object.values(target.variables))
        .filter(variable => variable.type === '').map(({name, value}) => [name, String(value)]))
});

/** Run in the page: which of its parts has the focus. */
const focused = () => (document.activeElement.closest('[id]') || document.body).id;

(async () => {
    const browser = await chromium.launch({executablePath, args: [
        '--disable-gpu', '--enable-unsafe-swiftshader', '--disable-dev-shm-usage', '--mute-audio',
        '--host-resolver-rules=MAP * ~NOTFOUND'
    ]});
    const context = await browser.newContext({viewport: {width: 900, height: 700}, offline: true});
    const page = await context.newPage();
    const seen = {complaints: [], requests: []};
    page.on('console', message => {
        if (['error', 'warning'].includes(message.type())) seen.complaints.push(message.text());
    });
    page.on('pageerror', fault => seen.complaints.push(String(fault)));
    page.on('request', request => seen.requests.push(request.url()));
    page.on('websocket', socket => seen.requests.push(socket.url()));

    await page.goto(`file://${file}`);
    await page.waitForFunction(() => document.getElementById('loading').hidden, null, {timeout: OPENING});
    await page.waitForTimeout(500);
    seen.started = await page.evaluate(look);
    seen.title = await page.title();
    seen.language = await page.evaluate(() => document.documentElement.lang);
    seen.bar = (await page.locator('#bar button, #bar summary').allInnerTexts());
    await page.screenshot({path: path.join(pictures, 'page.png')});

    /** Move the focus with Tab until it is there; the player must not swallow the key. */
    const reach = async id => {
        for (let tab = 0; tab < TABS && await page.evaluate(focused) !== id; tab++) await page.keyboard.press('Tab');
        return await page.evaluate(focused) === id;
    };
    const press = async (id, key) => {
        const reached = await reach(id);
        await page.keyboard.press(key);
        await page.waitForTimeout(300);
        return reached;
    };
    const open = () => page.evaluate(() => document.getElementById('notices').open);

    seen.reached = {stop: await press('stop', 'Space')};
    seen.stopped = await page.evaluate(look);
    seen.reached.start = await press('start', 'Enter');
    seen.again = await page.evaluate(look);
    seen.reached.notices = await press('notices', 'Enter');
    seen.opened = await open();
    seen.notices = await page.locator('#notices').innerText();
    seen.room = await page.locator('#notices div').boundingBox();
    await page.screenshot({path: path.join(pictures, 'notices.png')});
    await page.keyboard.press('Space');
    await page.waitForTimeout(300);
    seen.closed = !(await open());

    // a key on the stage is the project's again
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('Space', {delay: 200});
    await page.waitForTimeout(300);
    seen.key = await page.evaluate(look);
    await page.mouse.click(450, 300);
    await page.waitForTimeout(300);
    seen.click = await page.evaluate(look);
    await browser.close();
    process.stdout.write(JSON.stringify(seen));
})();
