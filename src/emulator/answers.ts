/** What goes down the socket: replies of the API and the ways in which one can fail to arrive. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Fault } from './faults';

export type ApiReply = { readonly code: string } | { readonly fields: Readonly<Record<string, unknown>> };

export function apiReply(reply: ApiReply): string {
  const RequestId = randomUUID();
  const inner =
    'code' in reply
      ? { Error: { Code: reply.code, Message: `The request was refused: ${reply.code}.` }, RequestId }
      : { ...reply.fields, RequestId };
  return JSON.stringify({ Response: inner });
}

export function sendJson(response: ServerResponse, json: string, packed = false): void {
  if (packed) send(response, 200, 'application/json', gzipSync(json), { 'content-encoding': 'gzip' });
  else send(response, 200, 'application/json', json);
}

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  content: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.destroyed) return;
  const body = Buffer.from(content);
  response.writeHead(status, { 'content-type': type, 'content-length': body.length, ...headers });
  response.end(body);
}

/** Undefined when there are more than `most` bytes: they are read to the end all the same, so that an answer can be given. */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer | undefined> {
  let chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total <= most) chunks.push(chunk);
    else chunks = [];
  }
  return total <= most ? Buffer.concat(chunks) : undefined;
}

/** The faults that replace the whole answer. A late or a packed one is not among them: it is the usual answer. */
export function sendFault(
  response: ServerResponse,
  fault: Exclude<Fault, 'gzip' | { delayMs: number }>,
): void {
  const page = '<!doctype html><title>Sign in</title><p>Sign in to use this network.</p>';
  if (fault === 'reset') response.socket?.resetAndDestroy();
  else if (fault === 'html') send(response, 200, 'text/html', page);
  else if (fault === 'halfBody') sendHalf(response, apiReply({ fields: { CardNo: '', BankInfo: '' } }));
  else if ('code' in fault) sendJson(response, apiReply(fault));
  else if ('redirect' in fault) send(response, fault.redirect, 'text/html', page, { location: '/elsewhere' });
  else send(response, fault.status, 'text/html', page);
}

function sendHalf(response: ServerResponse, json: string): void {
  const body = Buffer.from(json);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
}
