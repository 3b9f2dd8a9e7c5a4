// A renderer that draws nothing. The official engine with it behaves as in a browser where that takes no pixels:
// what changes the picture ends the step, sizes have limits, and what the pens do is kept as data.
'use strict';

const STAGE_SIZE = [480, 360];
const NOWHERE = {left: 0, right: 0, top: 0, bottom: 0};

/** What the engine tells a renderer, and what nobody here needs to know. */
const IGNORED = [
    'destroyDrawable', 'destroySkin', 'draw', 'setDrawableOrder', 'setLayerGroupOrdering', 'updateDrawableDirectionScale',
    'updateDrawableEffect', 'updateDrawablePosition', 'updateDrawableVisible', 'updateTextSkin'
];

/** A side of an SVG picture, as its first tag says it. */
const sideOf = (svg, side) => {
    const tag = /<svg\b[^>]*>/i.exec(svg);
    const found = tag && new RegExp(`\\b${side}\\s*=\\s*["']\\s*([0-9.]+)`).exec(tag[0]);
    return found ? Number(found[1]) : 0;
};

class SilentRenderer {
    constructor () {
        this.sizes = []; // of skins, by their numbers
        this.skins = []; // of drawables, by their numbers
        this.strokes = [];
        for (const name of IGNORED) this[name] = () => {};
    }

    newSkin (size) {
        return this.sizes.push(size); // numbers begin with 1: the engine takes 0 for none
    }

    createSVGSkin (svg) {
        return this.newSkin([sideOf(svg, 'width'), sideOf(svg, 'height')]);
    }

    createTextSkin () {
        return this.newSkin([0, 0]);
    }

    createPenSkin () {
        return this.newSkin(STAGE_SIZE);
    }

    getSkinSize (skin) {
        return this.sizes[skin - 1];
    }

    getSkinRotationCenter (skin) {
        return this.getSkinSize(skin).map(side => side / 2);
    }

    createDrawable () {
        return this.skins.push(null);
    }

    updateDrawableSkinId (drawable, skin) {
        this.skins[drawable - 1] = skin;
    }

    getCurrentSkinSize (drawable) {
        return this.getSkinSize(this.skins[drawable - 1]);
    }

    /** To keep a sprite on the stage would take its pixels. */
    getFencedPositionOfDrawable (drawable, position) {
        return position;
    }

    getBoundsForBubble () {
        return NOWHERE;
    }

    getNativeSize () {
        return STAGE_SIZE;
    }

    /** No sprite is under the mouse. */
    pick () {
        return -1;
    }

    penLine (skin, {color4f, diameter}, ...ends) {
        this.strokes.push({kind: 'line', ends, rgba: [...color4f], size: diameter});
    }

    penPoint (skin, {color4f, diameter}, x, y) {
        this.strokes.push({kind: 'point', ends: [x, y, x, y], rgba: [...color4f], size: diameter});
    }

    penStamp (skin, drawable) {
        this.strokes.push({kind: 'stamp', drawable});
    }

    penClear () {
        this.strokes.length = 0;
    }
}

module.exports = {SilentRenderer};
