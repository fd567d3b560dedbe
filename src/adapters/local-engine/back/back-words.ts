/** What is printed on backs of cards and not on fronts, forms or desks, as the recogniser may spell it. */

/** Said beside a signature strip: one is enough. "Signature" alone is not: a kind of card is called so. */
const SIGNED = [
  /AUTHOR[I1L][SZ]E|UTHOR[I1L]ZED/,
  /UNLESSS?[I1L]GN|N[O0]TVAL[I1L]D/,
  /持卡人签|卡人签名|授权签|签名(条|栏|处)|未签名|本人签名/,
];
/** Each could stand somewhere else too: two different ones are needed. */
const SMALL_PRINT = [
  /客服|客户服务|服务热线|热线|H[O0]TL[I1L]NE|CUST[O0]MERSERV/,
  /挂失|遗失|拾获|拾到|拾得|捡到|[I1L]FF[O0]UND|PLEASERETURN|RETURNT[O0]/,
  /本卡|此卡|TH[I1L]SCARD/,
  /持卡人/,
  /章程|网点|领用合约|PR[O0]PERTY[O0]F|ISSUEDBY|[I1L]SSU[I1L]NGBANK|G[O0]VERNED|UNDERL[I1L]CEN/,
  /签名|S[I1L]GNATUR|GNATURE|^S[I1L]GN(HERE|ED)?$/,
];

/** Short, with nothing else but the digits: small print tells people to keep their 安全码 to themselves. */
const LABEL =
  /^(?:CVV2?|CVC2?|CVN2?|CVW2?|C[VW][WV]?2?|CW2?|CAV2|CVD|CSC|C[I1L]D|安全(?:代)?码|校验码|验证码|卡安全码|SECUR[I1L]TYC[O0]DE)[:：.]?/;

/** Upper case, without spaces and punctuation: the recogniser loses both. */
export function bare(text: string): string {
  return text.toUpperCase().replace(/[\s.,，。、·'’\-–—()（）]/g, '');
}

export type BackWords = 'signed' | 'smallPrint' | 'some' | 'none';

/** `smallPrint`: two different things that backs say. `some`: one, which a form or a front may say as well. */
export function backWords(texts: readonly string[]): BackWords {
  const all = texts.map(bare);
  const says = (word: RegExp): boolean => all.some((text) => word.test(text));
  if (SIGNED.some(says)) return 'signed';
  const found = SMALL_PRINT.filter(says).length;
  return found >= 2 ? 'smallPrint' : found === 1 ? 'some' : 'none';
}

/** Digits after the label, none when they stand elsewhere; undefined when the text is no label of a CVV. */
export function afterLabel(text: string): string | undefined {
  const plain = bare(text);
  const label = LABEL.exec(plain)?.[0];
  if (label === undefined || label.length < 2) return undefined;
  const rest = plain.slice(label.length);
  if (!/^\d{0,4}$/.test(rest)) return undefined;
  // CVV 212, not CVV2 12: a code has three digits at least.
  return rest.length === 2 && label.endsWith('2') ? `2${rest}` : rest;
}
