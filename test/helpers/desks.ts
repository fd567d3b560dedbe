/** Desks of a test file: a test opens as many as it needs, and when it ends they are removed. */
import { afterEach } from 'vitest';
import { openTestDesk, type TestDesk } from './test-desk';

export function desksOfEachTest(): typeof openTestDesk {
  const open: TestDesk[] = [];
  afterEach(async () => {
    for (const made of open.splice(0)) await made.dispose();
  });
  return (...parts) => {
    const made = openTestDesk(...parts);
    open.push(made);
    return made;
  };
}
