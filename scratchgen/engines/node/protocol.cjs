// Conversation with Python: a JSON object a line in, a JSON object a line out.
// A request is {"command": NAME, ...parameters}; an answer is {"result": ...} or {"error": TEXT}.
'use strict';

const {createRequire} = require('node:module');
const path = require('node:path');
const readline = require('node:readline');

// Engines print what they like; standard output belongs to the answers.
const answerStream = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

// A promise of a project's that nobody waits for ends no page in a browser, and does not end us.
process.on('unhandledRejection', fault => process.stderr.write(`${describe(fault)}\n`));

/** Microseconds of processor time that this process has taken, all its threads together. */
const processorTime = () => {
    const {user, system} = process.cpuUsage();
    return user + system;
};

/** `require` as from the folder with the installed engines, which Python names as the first argument. */
const requireEngine = createRequire(path.join(process.argv[2], 'package.json'));

/** Options that Python gives once, as the second argument. */
const options = JSON.parse(process.argv[3] || '{}');

const send = answer => answerStream(`${JSON.stringify(answer)}\n`);

/** What a thrown thing says: engines throw texts, errors, and JSON with the faults that a validation found. */
const describe = fault => {
    const text = typeof fault === 'string' ? fault : (fault && fault.message) || JSON.stringify(fault) || String(fault);
    try {
        const faults = JSON.parse(text).sb3Errors;
        return faults.map(({dataPath, message}) => `${dataPath} ${message}`.trim()).join('; ');
    } catch {
        return text;
    }
};

/** Say that the engine is ready, then answer one request after the other until the input ends. */
const serve = async ownCommands => {
    const commands = {...ownCommands, processor_time: processorTime};
    send({result: process.version});
    for await (const line of readline.createInterface({input: process.stdin, crlfDelay: Infinity})) {
        const {command, ...parameters} = JSON.parse(line);
        try {
            send({result: await commands[command](parameters)});
        } catch (fault) {
            send({error: describe(fault)});
        }
    }
    process.exit(0); // timers of a project must not keep the process alive
};

module.exports = {describe, options, requireEngine, serve};
