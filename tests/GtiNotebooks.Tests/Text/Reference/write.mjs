// Writes encodings.json with Hugging Face tokenizers (the Rust library): npm install tokenizers@0.23.2 && node write.mjs
// The texts are made from parts that tokenizers disagree about, in a fixed order; each variant changes fields of tokenizer.json.
import { createRequire } from 'node:module';
import fs from 'node:fs';
const { Tokenizer } = createRequire(import.meta.url)('tokenizers');

const byteLevel = useRegex => ({ type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: useRegex });
const split = regex => ({ type: 'Sequence', pretokenizers: [{ type: 'Split', pattern: { Regex: regex }, behavior: 'Isolated', invert: false }, byteLevel(false)] });
const threeDigits = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const variants = [
  { name: 'as trained', fields: {} },
  { name: 'GPT-2: no normaliser, the built-in pattern', fields: { normalizer: null, pre_tokenizer: byteLevel(true) } },
  { name: 'GPT-2 with a prefix space', fields: { normalizer: null, pre_tokenizer: { ...byteLevel(true), add_prefix_space: true } } },
  { name: 'Llama 3: up to three digits', fields: { normalizer: null, pre_tokenizer: split(threeDigits) } },
  { name: 'digits alone, then GPT-2', fields: { pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Digits', individual_digits: true }, byteLevel(true)] } } },
];

const parts = [' ', '  ', '\n', '\r\n', '\t', '\u00A0', '\u3000', '\u0085', '\u2028', 'the item', 'Lower', "it's", "I'LL", '42', '31415', '3.14', '!?', '---',
  '\u00E9', 'e\u0301', '\uFB01', '\u00DF', '\u0338', '\u1112\u1161\u11AB', '\uD55C\uAD6D', '\u65E5\u672C', '\u0627\u0644', '\u200D', '\u{1F469}\u200D\u{1F467}',
  '\u{1D41A}', '\u{20000}', '\u{1D7D8}', '\u{1D165}', '\u{2F800}', '\u{1E900}', '\u{10107}', '<a_0>', '<a_01>', '<b_5>', '<|endoftext|>', '<', '\u0000',
  '\uFFFD', '\u212B', '\u0E33', '\u09BE', '\u00B2', '\u2167', '\u01C5', '\u017F', '\u212A'];
let state = 7;
const next = below => (state = (state * 48271) % 2147483647) % below;
const texts = ['', 'The item called Red Dress (midi!) is', 'a'.repeat(70), ' '.repeat(9)];
while (texts.length < 240) texts.push(Array.from({ length: 1 + next(9) }, () => parts[next(parts.length)]).join(''));

const base = JSON.parse(fs.readFileSync('tokenizer.json', 'utf8'));
for (const variant of variants) {
  const tokenizer = Tokenizer.fromString(JSON.stringify({ ...base, ...variant.fields }));
  variant.ids = [];
  for (const text of texts) variant.ids.push((await tokenizer.encode(text, null, { addSpecialTokens: false })).getIds());
}
const row = value => '\n  ' + JSON.stringify(value);
fs.writeFileSync('encodings.json', `{"texts": [${texts.map(row)}],\n"variants": [${variants.map(v => row(v))}]}\n`);
