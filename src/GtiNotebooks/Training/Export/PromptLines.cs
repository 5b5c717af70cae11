using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GtiNotebooks.Data;
using GtiNotebooks.Text;

namespace GtiNotebooks.Training;

/// <summary>What stands in a file of prompts.</summary>
/// <param name="Prompts">Lines.</param>
/// <param name="LongestTokens">Tokens of the longest prompt with its completion.</param>
/// <param name="Resplit">
/// Lines that a program which encodes prompt and completion as one text splits into other tokens than this library, which encodes them apart.
/// </param>
public sealed record PromptLineCounts(int Prompts, int LongestTokens, int Resplit);

/// <summary>
/// Prompts as JSON lines, <c>{"prompt": "...", "completion": "..."}</c>: the prompt-completion format of Hugging Face's TRL. Semantic IDs stand in
/// them as text, and a completion ends with the end token.
/// </summary>
public static class PromptLines
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="prompts">Encoded prompts; read once, one after another.</param>
    /// <param name="tokenizer">The tokenizer they were encoded with.</param>
    /// <param name="cancellation">Stops before the next line.</param>
    public static PromptLineCounts Write(string path, IEnumerable<EncodedPrompt> prompts, Tokenizer tokenizer, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(tokenizer);
        var (lines, longest, resplit) = (0, 0, 0);
        AtomicFile.Write(path, stream =>
        {
            foreach (var encoded in prompts)
            {
                cancellation.ThrowIfCancellationRequested();
                var text = TextOf(encoded, tokenizer);
                JsonSerializer.Serialize(stream, new Line(text.Prompt, text.Answer), Readable);
                stream.WriteByte((byte)'\n');
                lines++;
                longest = Math.Max(longest, encoded.Ids.Length);
                resplit += tokenizer.Encode(text.Prompt + text.Answer).AsSpan().SequenceEqual(encoded.Ids) ? 0 : 1;
            }
        });
        return new PromptLineCounts(lines, longest, resplit);
    }

    /// <summary>The text of a prompt and of what follows it.</summary>
    private static PromptText TextOf(EncodedPrompt encoded, Tokenizer tokenizer) =>
        new(tokenizer.Decode(encoded.Ids.Take(encoded.AnswerStart)), tokenizer.Decode(encoded.Ids.Skip(encoded.AnswerStart)));

    private sealed record Line([property: JsonPropertyName("prompt")] string Prompt, [property: JsonPropertyName("completion")] string Completion);
}
