import type { Switches } from '../../shared/recognition';

/** The API takes either; where both were given it would use the address only. */
export type PictureSource = { readonly image: Uint8Array } | { readonly imageUrl: string };

/**
 * The request as the bytes that are hashed and sent. Base64 needs no escaping in JSON, so a picture of several MB is
 * written straight into the body and not walked through once more by a JSON encoder.
 */
export function requestBody(source: PictureSource, switches: Partial<Switches> = {}): Buffer {
  const options = JSON.stringify(switches);
  if ('imageUrl' in source) return Buffer.from(JSON.stringify({ ImageUrl: source.imageUrl, ...switches }));
  const head = '{"ImageBase64":"';
  const tail = options === '{}' ? '"}' : `",${options.slice(1)}`;
  const { image } = source;
  const base64 = Buffer.from(image.buffer, image.byteOffset, image.byteLength).toString('base64');
  const body = Buffer.allocUnsafe(head.length + base64.length + tail.length);
  body.write(head, 0, 'latin1');
  body.write(base64, head.length, 'latin1');
  body.write(tail, head.length + base64.length, 'latin1');
  return body;
}

/** No picture at all: a request that the cloud refuses before it could recognise, and charge for, anything. */
export function emptyBody(): Buffer {
  return Buffer.from('{}');
}
