/** What each code means and what to do next, in one sentence. Codes of the API come with the API's own table. */
import apiCodes from '../error-codes.json';
import type { Language } from '../settings';

type Sentence = Readonly<Record<Language, string>>;

const OWN = {
  internal: {
    'zh-CN': '程序出错，请重试；仍出错请联系技术人员',
    en: 'Something went wrong in CardProof; try again, then tell support',
  },
  'ipc.badInput': {
    'zh-CN': '窗口发来的内容不对，没有执行；请重试，仍出错请联系技术人员',
    en: 'The window asked for something it may not ask for, and nothing was done; try again, then tell support',
  },
  'ipc.untrusted': {
    'zh-CN': '请求不是来自本应用的窗口，没有执行；请重新打开 CardProof',
    en: 'The call did not come from the application’s own window, and nothing was done; open CardProof anew',
  },

  'session.signedOut': { 'zh-CN': '请先登录', en: 'Sign in first' },
  'session.notAllowed': {
    'zh-CN': '你的角色不能做这件事，请找主管或管理员',
    en: 'Your role may not do this; ask a supervisor or an administrator',
  },
  'people.wrongPin': { 'zh-CN': 'PIN 不对，请重试', en: 'That is not the PIN; try again' },
  'people.waitToTry': {
    'zh-CN': 'PIN 错误次数过多，请等 {seconds} 秒再试',
    en: 'Too many wrong PINs; wait {seconds} seconds and try again',
  },
  'people.unknown': {
    'zh-CN': '没有这个人，或其账号已停用',
    en: 'There is no such person, or they are no longer active',
  },
  'people.pinDamaged': {
    'zh-CN': '此人保存的 PIN 已损坏，无法核对；请管理员为其重设 PIN，或恢复备份',
    en: 'The PIN stored for this person is damaged and cannot be compared; ask an administrator to set a new one, or restore a backup',
  },
  'people.nameTaken': {
    'zh-CN': '已有人叫“{name}”，请换个名字',
    en: '“{name}” is taken; choose another name',
  },
  'people.firstIsAdministrator': {
    'zh-CN': '第一个人必须是管理员',
    en: 'The first person must be an administrator',
  },
  'people.lastAdministrator': {
    'zh-CN': '至少要有一位管理员，请先指定另一位',
    en: 'There must be an administrator; make somebody else one first',
  },
  'card.samePerson': {
    'zh-CN': '同一人不能做两次，请由另一人处理',
    en: 'One person cannot do both; leave it to somebody else',
  },
  'card.noOtherEngine': {
    'zh-CN': '没有另一个引擎可用：请先录入腾讯云密钥，或该卡两个引擎都已识别过',
    en: 'No other engine can read it: enter Tencent credentials first, or both have read it already',
  },
  'card.noCredentials': {
    'zh-CN': '还没有腾讯云密钥，不能用云端识别；请管理员先在设置里录入',
    en: 'There are no Tencent credentials yet, so the cloud cannot be asked; an administrator enters them in the settings',
  },
  'batch.gone': { 'zh-CN': '批次已不存在', en: 'This batch is no longer there' },

  'file.empty': { 'zh-CN': '文件是空的，请重新扫描', en: 'The file is empty; scan the card again' },
  'file.gone': { 'zh-CN': '文件已不在原处，请重新加入', en: 'The file is no longer there; add it again' },
  'file.cannotRead': {
    'zh-CN': '无法读取文件，请检查权限后重新加入',
    en: 'The file cannot be read; check its permissions and add it again',
  },
  'file.tooLarge': {
    'zh-CN': '文件太大，请缩小后重新加入',
    en: 'The file is too large; make it smaller and add it again',
  },
  'file.changing': {
    'zh-CN': '文件还在写入，请等写完再加入',
    en: 'The file is still being written; add it again when it is complete',
  },
  'file.notRegular': {
    'zh-CN': '这是快捷方式或特殊文件，请加入图片本身',
    en: 'This is a link or a special file; add the picture itself',
  },
  'folder.cannotRead': {
    'zh-CN': '无法列出文件夹，请检查权限后重新加入',
    en: 'The folder cannot be listed; check its permissions and add it again',
  },
  'link.notALink': {
    'zh-CN': '这不是 http(s) 链接，请检查写法后重新加入',
    en: 'This is not an http(s) link; check how it is written and add it again',
  },
  'link.unreachable': {
    'zh-CN': '链接打不开，请检查网络或链接',
    en: 'The link cannot be reached; check the network and the link',
  },
  'link.refused': {
    'zh-CN': '对方拒绝了下载，请下载图片后以文件加入',
    en: 'The download was refused; save the picture and add it as a file',
  },
  'link.tooLarge': {
    'zh-CN': '链接的图片太大，请缩小后以文件加入',
    en: 'The picture behind the link is too large; make it smaller and add it as a file',
  },
  'picture.unknownFormat': {
    'zh-CN': '不是可识别的图片，请用 JPG、PNG、BMP、WebP 或 TIFF',
    en: 'Not a picture we know; use JPG, PNG, BMP, WebP or TIFF',
  },
  'picture.heic': {
    'zh-CN': '暂不支持 HEIC，请在手机上存为 JPG',
    en: 'HEIC is not supported; save it as JPG on the phone',
  },
  'picture.pdf': { 'zh-CN': '这是 PDF，请把页面另存为图片', en: 'This is a PDF; save its page as a picture' },
  'picture.bmpKind': {
    'zh-CN': '这种 BMP 无法可靠读取，请另存为 PNG 或 JPG 再加入',
    en: 'This kind of BMP cannot be read reliably; save it as PNG or JPEG and add it again',
  },
  'picture.severalPages': {
    'zh-CN': '文件有多页，每页请另存为一张图片再加入',
    en: 'The file holds several pages; save each as a picture of its own and add those',
  },
  'picture.damaged': {
    'zh-CN': '图片损坏或不完整，请重新扫描',
    en: 'The picture is damaged or incomplete; scan the card again',
  },
  'picture.tooManyPixels': {
    'zh-CN': '图片超过一亿像素，请降低扫描分辨率',
    en: 'Over 100 megapixels; scan at a lower resolution',
  },
  'picture.showsCvv': {
    'zh-CN': '卡片背面露出安全码，图片没有保存；请遮住安全码后重新扫描，或改扫正面',
    en: 'The back shows its CVV and was not kept; cover the digits and scan again, or scan the front',
  },
  'picture.cannotOpen': {
    'zh-CN': '保存的图片打不开，请重新加入这张图片',
    en: 'The stored picture cannot be opened; add the picture again',
  },
  'picture.lost': {
    'zh-CN': '保存的图片丢失或已损坏；点“重新识别”会从 {place} 重新取图，原图不在时请重新加入',
    en: 'The stored picture is lost or damaged; “recognise again” takes it anew from {place}, or add the picture again',
  },
  'picture.notLookedAt': {
    'zh-CN': '没能检查图片是否露出安全码，图片没有保存；请重新加入',
    en: 'The picture could not be checked for a CVV, and nothing of it was kept; add it again',
  },
  'intake.cancelled': {
    'zh-CN': '接收时被取消，需要时请重新加入',
    en: 'Cancelled while being taken in; add it again if it is needed',
  },
  'intake.nothingToPaste': {
    'zh-CN': '剪贴板里没有图片、文件或链接',
    en: 'The clipboard holds no picture, file or link',
  },
  'intake.nothingDropped': { 'zh-CN': '拖入的内容里没有文件', en: 'What was dropped holds no files' },
  'intake.noLinks': {
    'zh-CN': '没有找到链接，请每行填一个 http(s) 链接',
    en: 'No link found; give one http(s) link on each line',
  },
  'intake.badLink': { 'zh-CN': '这不是 http(s) 链接：{link}', en: 'This is not an http(s) link: {link}' },

  'queue.cancelled': {
    'zh-CN': '识别已取消，可以重新识别',
    en: 'Recognition was cancelled; it can be started again',
  },
  'client.answerLost': {
    'zh-CN': '云端的结果没有收到且可能已计费，确认后可以重新识别',
    en: 'The cloud’s answer was lost and may have been charged; recognise again if you want to',
  },

  'disk.full': {
    'zh-CN': '磁盘已满，请清出空间；之后会自动继续，已识别的结果不会丢失',
    en: 'The disk is full; make room on it. It then goes on by itself, and no answer is lost',
  },
  'disk.readOnly': {
    'zh-CN': '资料所在的磁盘或文件夹不能写入，请检查权限或磁盘；恢复后会自动继续',
    en: 'The disk or folder of the records cannot be written to; check it and its permissions. It then goes on by itself',
  },
  'disk.failed': {
    'zh-CN': '资料所在的磁盘读写出错，请检查磁盘和连接；恢复后会自动继续',
    en: 'The disk with the records fails; check it and its connection. It then goes on by itself',
  },
  'disk.damaged': {
    'zh-CN':
      '资料文件已损坏，识别已停止；请重新打开 CardProof，能修复的会修复；仍出现请联系技术人员或恢复备份',
    en: 'The records are damaged and recognition has stopped; open CardProof anew, which mends what can be mended, and ask support if it says this again',
  },
  'computer.exhausted': {
    'zh-CN': '这台电脑的内存或可打开的文件数不够，请关闭其他程序；之后会自动继续',
    en: 'This computer is out of memory or open files; close other programs. It then goes on by itself',
  },

  'card.damaged': {
    'zh-CN': '这张卡片的资料已损坏，已单独放在一边，其余不受影响；请重新加入原图，或恢复备份',
    en: 'The record of this card was damaged and is set aside, and nothing else is affected; add its picture again, or restore a backup',
  },
  'card.gone': { 'zh-CN': '这张卡片已不存在', en: 'This card is no longer there' },
  'card.wrongState': {
    'zh-CN': '当前状态下不能这样操作',
    en: 'This cannot be done in the card’s present state',
  },
  'card.changedSince': {
    'zh-CN': '卡片刚刚有变化，请按现在显示的内容再看一遍后再处理',
    en: 'The card has changed since it was shown; look at it again, then decide',
  },
  'card.decided': {
    'zh-CN': '这张卡片已有结论，请先恢复待审核再改',
    en: 'This card is decided already; take it back to review first',
  },
  'card.needsLook': {
    'zh-CN': '卡片有疑点，请打开逐张处理',
    en: 'The card is in doubt; open it and decide it by itself',
  },
  'card.warningsNotAcknowledged': {
    'zh-CN': '请先确认告警再通过',
    en: 'Acknowledge the warnings before approving',
  },
  'card.noNumber': { 'zh-CN': '没有卡号，请先填写', en: 'There is no card number yet; type it first' },
  'card.noPicture': {
    'zh-CN': '没有可识别的图片，请重新加入',
    en: 'There is no picture to recognise; add it again',
  },
  'card.cutTooSmall': {
    'zh-CN': '裁剪的部分太小，每边至少 {min} 像素',
    en: 'The part is too small: at least {min} pixels a side',
  },
  'field.badNumber': { 'zh-CN': '卡号应为 12 到 19 位数字', en: 'A card number has 12 to 19 digits' },
  'field.badDate': { 'zh-CN': '有效期请写成 07/2030', en: 'Write the expiry as 07/2030' },
  'field.tooLong': { 'zh-CN': '最多 {max} 个字', en: 'At most {max} characters' },
  'edit.nothing': { 'zh-CN': '没有可以撤销的操作', en: 'There is nothing to undo' },
  'edit.changedSince': {
    'zh-CN': '卡片之后又有变化，不能撤销这一步',
    en: 'The card has changed since; this step cannot be undone',
  },

  'sheet.cancelled': {
    'zh-CN': '导出已取消，没有写入文件',
    en: 'The export was cancelled; no file was written',
  },
  'sheet.cannotWrite': {
    'zh-CN': '无法写入表格，请关闭已打开的文件或换个位置',
    en: 'The sheet cannot be written; close it if it is open, or choose another place',
  },
  'sheet.inUse': {
    'zh-CN': '这个文件正被其他程序打开，请关闭它，或用另一个文件名再导出',
    en: 'The file is open in another program; close it there, or export under another name',
  },
  'sheet.noPlace': {
    'zh-CN': '所选的文件夹不存在，没有写入文件；请换个位置再导出',
    en: 'The chosen folder is not there, and no file was written; choose another place',
  },
  'sheet.notWritable': {
    'zh-CN': '所选的位置不能写入，没有写入文件；请检查权限或换个位置再导出',
    en: 'The chosen place cannot be written to, and no file was written; check its permissions, or choose another place',
  },
  'sheet.noRoom': {
    'zh-CN': '磁盘已满，没有写入文件；请清出空间或换个位置再导出',
    en: 'The disk is full, and no file was written; make room, or choose another place',
  },
  'sheet.empty': { 'zh-CN': '没有符合条件的卡片', en: 'No card fits these choices' },

  'settings.badEndpoint': {
    'zh-CN': '地址应为 https://，或本机的 http://',
    en: 'The address must be https://, or http:// on this computer',
  },
  'keychain.unavailable': {
    'zh-CN': '本机没有可用的钥匙串，无法保存密钥',
    en: 'This computer has no working keychain; the key cannot be kept',
  },
  'unlock.wrongPassphrase': { 'zh-CN': '口令不对，请再试', en: 'Wrong passphrase; try again' },
  'unlock.tooShort': { 'zh-CN': '口令至少 10 个字符', en: 'A passphrase has at least 10 characters' },
  'desk.locked': { 'zh-CN': '请先解锁', en: 'Unlock the desk first' },

  'profile.inUse': {
    'zh-CN': 'CardProof 已在运行（同一份资料正被使用）',
    en: 'CardProof is already running with this profile',
  },
  'profile.newer': {
    'zh-CN': '资料由更新的版本写成，请升级 CardProof',
    en: 'The records were written by a newer version; upgrade CardProof',
  },
  'profile.damaged': {
    'zh-CN': '资料文件打不开，没有做任何改动；请联系技术人员或恢复备份',
    en: 'The records cannot be opened; nothing was changed. Ask support or restore a backup',
  },
  'profile.changesLost': {
    'zh-CN':
      '最近的改动丢失，其中的云端识别可能已计费，识别已停住；请核对最近处理过的卡片，确认后点“再试一次”继续',
    en: 'The latest changes are lost, and cloud calls made in them may have been paid; recognition is held. Look at what was done last, then choose “Try again” to go on',
  },
  'profile.recordsMissing': {
    'zh-CN': '资料文件夹里的数据库 cards.db 不见了或是空的，没有做任何改动；请从备份恢复后再打开',
    en: 'The database cards.db of these records is missing or empty; nothing was changed. Restore it from a backup, then open it again',
  },
  'profile.keyFileMissing': {
    'zh-CN': '资料文件夹里有资料，但缺少 profile.json，没有做任何改动；请从备份恢复后再打开',
    en: 'There are records here but no profile.json, without which they do not open; nothing was changed. Restore it from a backup, then open it again',
  },
  'profile.cannotOpen': {
    'zh-CN': '无法打开资料，请检查磁盘空间和权限',
    en: 'The records cannot be opened; check disk space and permissions',
  },
  'profile.noFolder': {
    'zh-CN': '无法打开资料：指定的位置不是文件夹，请换个位置',
    en: 'The records cannot be opened: the place named for them is no folder; choose another one',
  },
  'profile.notWritable': {
    'zh-CN': '无法打开资料：指定的位置不能写入，请检查权限或换个位置',
    en: 'The records cannot be opened: their place cannot be written to; check its permissions, or choose another one',
  },
  'profile.noRoom': {
    'zh-CN': '无法打开资料：磁盘已满，请清出空间后重试',
    en: 'The records cannot be opened: the disk is full; make room on it, then try again',
  },
  'profile.keyMissing': {
    'zh-CN': '钥匙串里没有这份资料的密钥，请用原来的系统账户登录',
    en: 'The keychain has no key for these records; sign in with the system account that made them',
  },
  'profile.needsPassphrase': {
    'zh-CN': '需要口令：设置 CARDPROOF_PASSPHRASE',
    en: 'A passphrase is needed: set CARDPROOF_PASSPHRASE',
  },
  'profile.needsNewPassphrase': {
    'zh-CN': '本机没有钥匙串，请设置 CARDPROOF_PASSPHRASE',
    en: 'There is no keychain here; choose a passphrase in CARDPROOF_PASSPHRASE',
  },
  'profile.wrongPassphrase': { 'zh-CN': '口令不对，请再试', en: 'Wrong passphrase; try again' },
  'profile.shortPassphrase': {
    'zh-CN': '口令至少 {min} 个字符',
    en: 'A passphrase has at least {min} characters',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

/** The codes that are the program's own: a failure of the contract is one of them, or it does not compile. */
export type OwnCode = keyof typeof OWN;

interface ApiCodes {
  readonly codes: Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
}

/** The sentence for a code; an unknown code is shown as such, so that support can look it up. */
export function sentence(
  code: string,
  language: Language,
  params: Readonly<Record<string, string | number>> = {},
): string {
  const api = (apiCodes as ApiCodes).codes[code];
  const own = (OWN as Readonly<Record<string, Sentence>>)[code];
  const text = own?.[language] ?? (api && (language === 'en' ? api.en : api.zh));
  if (text === undefined) return language === 'en' ? `Unknown error ${code}` : `未知错误 ${code}`;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** Codes that have a sentence; for the test that no code goes without. */
export const KNOWN_CODES: readonly string[] = [
  ...Object.keys(OWN),
  ...Object.keys((apiCodes as ApiCodes).codes),
];
