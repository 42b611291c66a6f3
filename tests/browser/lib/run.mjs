// A program of another project, and what it says.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The output of `program`. Ends with an error that says what to install where there is no such program. */
export async function run(program, args, permitted = [0]) {
    try {
        const { stdout, stderr } = await execute(program, args, { maxBuffer: 1 << 30 });
        return { stdout, stderr };
    } catch (error) {
        if (error.code === 'ENOENT') throw new Error(`${program} is not installed`);
        if (permitted.includes(error.code)) return { stdout: error.stdout, stderr: error.stderr };
        throw error;
    }
}
