using System.Text.RegularExpressions;

namespace GtiNotebooks.Text;

/// <summary>A stretch of a text, in UTF-16 units.</summary>
internal readonly record struct Segment(int Start, int Length);

/// <summary>
/// Cuts a text into the pieces that merges never cross. Each pattern in turn cuts every piece so far: matches and what lies
/// between them become pieces (the "Isolated" behaviour of Hugging Face tokenizers).
/// </summary>
internal sealed class PreTokenizer
{
    /// <summary>GPT-2's pattern, which a ByteLevel pre-tokenizer with "use_regex" stands for.</summary>
    public const string Gpt2Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <summary>Qwen's pattern: digits alone, at most one leading sign on a word, line breaks kept together.</summary>
    public const string QwenPattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    // A pattern comes from a file, and one that tries every way to cut a text may take for ever. Matches take microseconds.
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(2);

    private readonly Regex[] _patterns;

    /// <exception cref="ArgumentException">A pattern is not one that .NET understands.</exception>
    public PreTokenizer(IEnumerable<string> patterns, bool addPrefixSpace)
    {
        _patterns = [.. patterns.Select(p => new Regex(p, RegexOptions.Compiled | RegexOptions.CultureInvariant, LongestMatch))];
        AddPrefixSpace = addPrefixSpace;
    }

    /// <summary>A text that does not start with a space gets one.</summary>
    public bool AddPrefixSpace { get; }

    /// <summary>The pieces of a text, in order, without gaps.</summary>
    /// <exception cref="InvalidDataException">A pattern takes seconds to find one piece; the message shows it.</exception>
    public List<Segment> Split(string text)
    {
        try
        {
            return SplitInTime(text);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new InvalidDataException(
                $"The tokenizer's pattern '{e.Pattern}' takes more than {LongestMatch.TotalSeconds:0} seconds to find a piece in a text of {text.Length} characters", e);
        }
    }

    private List<Segment> SplitInTime(string text)
    {
        if (AstralProxy.IsNeeded(text))
        {
            var proxy = new AstralProxy(text);
            return Cut(proxy.Text).ConvertAll(proxy.ToOriginal);
        }
        return Cut(text);
    }

    private List<Segment> Cut(string text)
    {
        List<Segment> pieces = [new(0, text.Length)];
        foreach (var pattern in _patterns)
        {
            var finer = new List<Segment>(text.Length / 4 + 1);
            foreach (var piece in pieces) Cut(pattern, text, piece, finer);
            pieces = finer;
        }
        return pieces;
    }

    private static void Cut(Regex pattern, string text, Segment piece, List<Segment> output)
    {
        var end = 0;
        foreach (var match in pattern.EnumerateMatches(text.AsSpan(piece.Start, piece.Length)))
        {
            if (match.Length == 0) continue;
            if (match.Index > end) output.Add(new(piece.Start + end, match.Index - end));
            output.Add(new(piece.Start + match.Index, match.Length));
            end = match.Index + match.Length;
        }
        if (end < piece.Length) output.Add(new(piece.Start + end, piece.Length - end));
    }
}
