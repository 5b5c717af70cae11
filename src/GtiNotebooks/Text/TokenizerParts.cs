namespace GtiNotebooks.Text;

/// <summary>The parts of a <c>tokenizer.json</c> that are written back as they were read, as JSON text.</summary>
internal sealed record TokenizerParts(
    string Truncation, string Padding, string Normalizer, string PreTokenizer, string PostProcessor, string Decoder)
{
    private const string ByteLevel = """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":false,"use_regex":false}""";

    /// <summary>What a tokenizer trained here says of itself: NFC, Qwen's pattern, bytes.</summary>
    public static TokenizerParts Trained { get; } = new(
        "null", "null", """{"type":"NFC"}""",
        $$"""
        {"type":"Sequence","pretokenizers":[
          {"type":"Split","pattern":{"Regex":"{{System.Text.Json.JsonEncodedText.Encode(Text.PreTokenizer.QwenPattern)}}"},"behavior":"Isolated","invert":false},
          {{ByteLevel}}]}
        """,
        "null", ByteLevel);
}
