import { spawn } from 'node:child_process';
import { StepError } from './steps.mjs';

/**
 * Runs a program to its end, its output on ours.
 * @param {string} program @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, mayFail?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, args, { cwd, env, quiet = false, mayFail = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    const onExit = () => child.kill('SIGTERM');
    process.once('exit', onExit);
    let output = '';
    /** @param {import('node:stream').Readable} stream @param {NodeJS.WriteStream} target */
    const relay = (stream, target) =>
      stream.on('data', (/** @type {Buffer} */ chunk) => {
        output += chunk;
        if (!quiet) target.write(chunk);
      });
    relay(child.stdout, process.stdout);
    relay(child.stderr, process.stderr);
    child.once('error', (error) =>
      reject(new StepError(`${program} could not be started: ${error.message}`)),
    );
    child.once('close', (code) => {
      process.removeListener('exit', onExit);
      const result = { code: code ?? 1, output };
      if (result.code === 0 || mayFail) resolve(result);
      else
        reject(
          new StepError(`${program} ${args.join(' ')} failed${quiet ? `:\n${output.slice(-3000)}` : ''}`),
        );
    });
  });
}
