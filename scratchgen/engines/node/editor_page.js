// Runs in the editor's page: starts the official editor, and looks at it from within for editor.cjs.
// The editor keeps its own state; `probe` only reads it, but for choosing a sprite as a click on it would.
'use strict';

const {store, vm} = (() => {
    const element = document.getElementById('editor');
    window.GUI.setAppElement(element);
    const state = new window.GUI.EditorState({locale: 'en'});
    // a project id, or the editor asks the website for one
    window.GUI.createStandaloneRoot(state, element).render({
        projectId: '0', basePath: '/', canEditTitle: true, canManageFiles: true, canSave: false,
        backpackVisible: false, onClickLogo: () => {}
    });
    return {store: state.store, vm: state.store.getState().scratchGui.vm};
})();

const seen = {loads: 0, refusal: null, says: [], frames: 0};

vm.runtime.on('PROJECT_LOADED', () => { seen.loads++; });
vm.runtime.on('SAY', (target, kind, value) => {
    const bubble = target.getCustomState('Scratch.looks');
    seen.says.push([target.getName(), bubble ? bubble.text : String(value), kind, seen.frames]);
});

// The editor shows a general alert for any refusal; the reason is in the rejected promise.
const loadProject = vm.loadProject.bind(vm);
vm.loadProject = input => loadProject(input).catch(fault => {
    seen.refusal = (fault && fault.message) || (typeof fault === 'string' ? fault : JSON.stringify(fault));
    throw fault;
});

/** What is being recorded of frames and inputs; null while nothing is. */
let film = null;

const slotText = ([sprite, name]) => {
    const target = originals().find(one => one.getName() === sprite);
    const slot = target && Object.values(target.variables).find(one => one.name === name);
    return slot ? [slot.value].flat().join(' ') : null;
};

const step = vm.runtime._step.bind(vm.runtime);
vm.runtime._step = () => {
    step();
    seen.frames++;
    if (film) {
        const values = film.variables.map(slotText);
        const painted = vm.runtime.redrawRequested; // whatever changes the stage asks for it, and a step begins without
        film.frames.push({number: seen.frames, milliseconds: performance.now(), painted, values});
    }
};

const postIOData = vm.postIOData.bind(vm);
vm.postIOData = (device, data) => {
    if (film) {
        const x = device === 'mouse' && data.canvasWidth ? data.x * 480 / data.canvasWidth - 240 : null;
        film.inputs.push({device, frame: seen.frames, milliseconds: performance.now(), x});
    }
    postIOData(device, data);
};

// The editor tells the engine of what it drew in a time-out after a frame, and the engine looks for it in the sprite
// that is open by then: who opens another one sooner gets complaints of comments that do not exist.
const ROUNDS = 10;
const settled = async () => {
    for (let round = 0; round < ROUNDS; round++) {
        await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve, 0)));
    }
};
const originals = () => vm.runtime.targets.filter(target => target.isOriginal);
const named = name => originals().find(target => target.getName() === name);
const project = () => store.getState().scratchGui;

window.probe = {
    seen,

    /** The editor shows a project, and its palette has its blocks. */
    ready: () => /^SHOWING/.test(project().projectState.loadingState) &&
        document.querySelectorAll('.blocklyFlyout .blocklyDraggable').length > 20,

    /** Null while a project is on its way; then whether it was taken, or why it was not. */
    loaded: () => {
        const {loadingState} = project().projectState;
        if (loadingState === 'ERROR') return {loaded: false, reason: seen.refusal || 'the editor shows its error page'};
        if (!/^SHOWING/.test(loadingState) || project().modals.loadingProject) return null;
        if (seen.refusal !== null) return {loaded: false, reason: seen.refusal};
        return seen.loads ? {loaded: true, reason: ''} : null;
    },

    sprites: () => ({names: originals().map(target => target.getName()), open: vm.editingTarget.getName()}),

    /** Open a sprite's scripts, and count the blocks that the editor holds and those that it does not draw. */
    drawn: async name => {
        const target = named(name);
        await settled();
        if (vm.editingTarget !== target) vm.setEditingTarget(target.id);
        await settled();
        const places = [...document.querySelectorAll('.blocklyBlockCanvas .blocklyDraggable[data-id]')];
        const ids = new Set(places.filter(place => !place.closest('.blocklyFlyout')).map(place => place.dataset.id));
        const blocks = Object.values(target.blocks._blocks).filter(block => !block.shadow);
        const missing = blocks.filter(block => !ids.has(block.id)).map(block => block.opcode);
        return {sprite: name, blocks: blocks.length, missing};
    },

    /** Begin to record every frame: when it ended, whether it painted, and the texts of these variables. */
    record: variables => {
        film = {variables, frames: [], inputs: []};
    },

    /** End the recording, and give what was recorded. */
    recorded: () => {
        const {frames, inputs} = film;
        film = null;
        return {frames, inputs};
    },

    text: slotText,

    running: () => vm.runtime.threads.filter(thread => !thread.updateMonitor).length,

    state: () => originals().map(target => {
        const slots = type => Object.values(target.variables).filter(slot => slot.type === type);
        return [target.getName(), {
            variables: Object.fromEntries(slots('').map(slot => [slot.name, String(slot.value)])),
            lists: Object.fromEntries(slots('list').map(slot => [slot.name, slot.value.map(String)]))
        }];
    })
};
