import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { JipingError, text } from '../../problem/index.ts';

/** The key this installation signs papers with. */
export interface SigningKey {
  /** PKCS #8, PEM. Never printed, never put into a paper. */
  readonly privateKey: string;
  /** SHA-256 of the public key (SPKI, DER), 64 hex digits. */
  readonly fingerprint: string;
}

export interface TrustedKey {
  readonly fingerprint: string;
  /** Whose key it is, as the person who trusted it wrote. */
  readonly name: string;
}

const KEY_FILE = 'signing-key.pem';
const TRUST_FILE = 'trusted-keys.json';

export function fingerprintOf(spki: Uint8Array): string {
  return createHash('sha256').update(spki).digest('hex');
}

/** The installation's key, or `undefined` when none was made: papers are then unsigned, and say so. */
export function loadSigningKey(folder: string): SigningKey | undefined {
  const file = join(folder, KEY_FILE);
  if (!existsSync(file)) return undefined;
  const privateKey = readFileSync(file, 'utf8');
  try {
    const spki = createPublicKey(createPrivateKey(privateKey)).export({ type: 'spki', format: 'der' });
    return { privateKey, fingerprint: fingerprintOf(spki) };
  } catch (cause) {
    throw new JipingError('unreadable', text('签名密钥已损坏', 'the signing key is damaged'), { file }, { cause });
  }
}

/** Makes the installation's key and puts it on the trusted list. @throws JipingError `conflict` when there is one */
export function makeSigningKey(folder: string, name: string): SigningKey {
  const file = join(folder, KEY_FILE);
  if (existsSync(file))
    throw new JipingError('conflict', text('已有签名密钥，不覆盖', 'there is a signing key already; it is kept'), {
      file,
    });
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writePrivately(folder, KEY_FILE, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const key = {
    privateKey: readFileSync(file, 'utf8'),
    fingerprint: fingerprintOf(publicKey.export({ type: 'spki', format: 'der' })),
  };
  trustKey(folder, { fingerprint: key.fingerprint, name });
  return key;
}

const trustSchema = z.array(z.object({ fingerprint: z.string().regex(/^[0-9a-f]{64}$/), name: z.string() }));

/** The keys this installation trusts. @throws JipingError `unreadable` for a damaged list */
export function trustedKeys(folder: string): readonly TrustedKey[] {
  const file = join(folder, TRUST_FILE);
  if (!existsSync(file)) return [];
  try {
    return trustSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new JipingError(
      'unreadable',
      text('受信任密钥名单已损坏', 'the list of trusted keys is damaged'),
      { file },
      { cause },
    );
  }
}

export function trustKey(folder: string, key: TrustedKey): void {
  const others = trustedKeys(folder).filter((one) => one.fingerprint !== key.fingerprint);
  const all = [...others, key].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  writePrivately(folder, TRUST_FILE, `${JSON.stringify(all, null, 2)}\n`);
}

function writePrivately(folder: string, name: string, content: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const temporary = join(folder, `${name}.tmp-${process.pid}`);
  writeFileSync(temporary, content, { mode: 0o600 });
  renameSync(temporary, join(folder, name));
}
