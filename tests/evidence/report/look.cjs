// Opens a page in Chromium at several widths, and prints what a reader would stumble over.
// Arguments: the folder of the engines, Chromium, the page, a folder for pictures.
'use strict';

const {createRequire} = require('node:module');
const path = require('node:path');

const [, , engines, executablePath, file, pictures] = process.argv;
const {chromium} = createRequire(path.join(engines, 'package.json'))('playwright-core');
const WIDTHS = [360, 1100];

/** Run in the page: how wide it is, and the least contrast of a text with what is behind it. */
const measure = () => {
    const parse = text => (text.match(/[\d.]+/g) || []).map(Number);
    const luminance = colour => {
        const [red, green, blue] = colour.map(channel => {
            const share = channel / 255;
            return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const behind = element => {
        for (let at = element; at; at = at.parentElement) {
            const colour = parse(getComputedStyle(at).backgroundColor);
            if (colour.length === 3) return colour;
        }
        return [255, 255, 255];
    };
    let least = {contrast: Infinity, text: ''};
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        const text = walker.currentNode.data.trim();
        if (!text || element.closest('title, desc, style')) continue;
        const style = getComputedStyle(element);
        const [one, other] = [parse(element.closest('svg') ? style.fill : style.color).slice(0, 3), behind(element)]
            .map(luminance);
        const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        if (contrast < least.contrast) least = {contrast, text};
    }
    const root = document.documentElement;
    return {
        least,
        sideways: root.scrollWidth - root.clientWidth,
        scrolled: [...document.querySelectorAll('.scroll')].filter(each => each.scrollWidth > each.clientWidth)
            .map(each => each.getAttribute('aria-labelledby')),
        smallest: Math.min(...[...document.querySelectorAll('svg text')].map(
            text => parse(getComputedStyle(text).fontSize)[0] * Math.hypot(text.getScreenCTM().a, text.getScreenCTM().b)))
    };
};

(async () => {
    const browser = await chromium.launch({executablePath, args: ['--disable-gpu', '--disable-dev-shm-usage']});
    const seen = {complaints: [], requests: [], widths: {}};
    for (const width of WIDTHS) {
        const page = await browser.newPage({viewport: {width, height: 800}});
        page.on('console', message => seen.complaints.push(message.text()));
        page.on('pageerror', fault => seen.complaints.push(String(fault)));
        page.on('request', request => seen.requests.push(request.url()));
        await page.goto(`file://${file}`);
        seen.widths[width] = await page.evaluate(measure);
        await page.screenshot({path: path.join(pictures, `${width}.png`), fullPage: true});
        if (width === WIDTHS[1]) {
            const printed = await page.pdf({path: path.join(pictures, 'print.pdf'), preferCSSPageSize: true});
            seen.pages = printed.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
        }
        await page.close();
    }
    await browser.close();
    process.stdout.write(JSON.stringify(seen));
})();
