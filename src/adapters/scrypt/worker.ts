/** A thread for one derivation. It ends with it, and what it was given is written over. */
import { parentPort, workerData } from 'node:worker_threads';
import { readProfile } from '../files/profile-file';
import { stretchByNoble } from './by-noble';
import type { Answer, Job } from './in-worker';

const { secret, ...job } = workerData as Job;
const answer = await work();
parentPort?.postMessage(answer, answer ? [answer.key.buffer] : []);

async function work(): Promise<Answer | undefined> {
  try {
    if (job.kind === 'asked') return { ...job, key: stretchByNoble(secret, job.salt, job.cost) };
    const profile = await readProfile(job.file);
    if (typeof profile !== 'object' || profile.key.kind !== 'passphrase') return undefined;
    const { salt, cost, blockSize, parallelization } = profile.key;
    const costs = { cost, blockSize, parallelization };
    return { salt, cost: costs, key: stretchByNoble(secret, salt, costs) };
  } finally {
    secret.fill(0);
  }
}
