using System.Text.Json;
using System.Text.RegularExpressions;
using GtiNotebooks.Data;

namespace GtiNotebooks.Text;

/// <summary>Reads <c>tokenizer.json</c> and refuses, by field, what it cannot reproduce exactly.</summary>
internal sealed class TokenizerJsonReader
{
    // An id is a row of a table; far beyond any vocabulary it is a mistake, and an array that long would not fit.
    private const int HighestId = 1 << 24;

    // Some vocabularies have gaps; a few entries with ids in the millions only cost memory.
    private const int IdsForEachEntry = 16;
    private const int IdsForAnyFile = 1 << 16;

    // Published tokenizers have up to a handful of steps, whose patterns have some hundred characters; each is compiled.
    private const int MostSteps = 16;
    private const int LongestPattern = 1 << 12;

    private readonly string _name;

    private TokenizerJsonReader(string name) => _name = name;

    public static Tokenizer Read(Stream stream, string name) => JsonText.Read(stream, name, new TokenizerJsonReader(name).Read);

    private Tokenizer Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw Error("the file", "must be a JSON object");
        var model = ReadModel(Field(root, "model", "", JsonValueKind.Object));
        var parts = new TokenizerParts(
            RawOf(root, "truncation"), RawOf(root, "padding"), RawOf(root, "normalizer"),
            RawOf(root, "pre_tokenizer"), RawOf(root, "post_processor"), RawOf(root, "decoder"));
        CheckDecoder(root);
        return new Tokenizer(model, ReadPreTokenizer(root), ReadComposes(root), ReadAddedTokens(root, model), parts);
    }

    private BpeModel ReadModel(JsonElement model)
    {
        var type = TypeOf(model);
        if (type is not (null or "BPE")) throw Error("model.type", $"is '{type}'; only 'BPE' (byte-level) is supported");
        Require(model, "model", "dropout", e => e.ValueKind == JsonValueKind.Number && e.GetDouble() == 0, "null");
        Require(model, "model", "continuing_subword_prefix", IsEmptyString, "null or empty");
        Require(model, "model", "end_of_word_suffix", IsEmptyString, "null or empty");
        Require(model, "model", "byte_fallback", e => e.ValueKind == JsonValueKind.False, "false (bytes are spelt by the ByteLevel pre-tokenizer)");
        var ids = ReadVocabulary(Field(model, "vocab", "model.", JsonValueKind.Object));
        var merges = ReadMerges(Field(model, "merges", "model.", JsonValueKind.Array));
        var wholeFirst = model.TryGetProperty("ignore_merges", out var ignore) && ignore.ValueKind == JsonValueKind.True;
        try
        {
            return new BpeModel(ids, merges, wholeFirst);
        }
        catch (KeyNotFoundException e)
        {
            throw new InvalidDataException($"{_name}: {e.Message}", e);
        }
    }

    private Dictionary<string, int> ReadVocabulary(JsonElement vocabulary)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var owners = new Dictionary<int, string>();
        foreach (var entry in vocabulary.EnumerateObject())
        {
            var id = ReadId(entry.Value, $"model.vocab['{entry.Name}']");
            if (!ids.TryAdd(entry.Name, id)) throw Error($"model.vocab['{entry.Name}']", "is there twice");
            if (!owners.TryAdd(id, entry.Name)) throw Error($"model.vocab['{entry.Name}']", $"has the id {id} of '{owners[id]}'");
        }
        var highest = owners.Count == 0 ? 0 : owners.Keys.Max();
        if (highest > IdsForAnyFile + (long)IdsForEachEntry * ids.Count) throw Error($"model.vocab['{owners[highest]}']", $"has the id {highest}, far beyond {ids.Count} entries");
        return ids;
    }

    private List<(string, string)> ReadMerges(JsonElement merges)
    {
        var pairs = new List<(string, string)>(merges.GetArrayLength());
        foreach (var merge in merges.EnumerateArray())
        {
            var halves = merge.ValueKind switch
            {
                JsonValueKind.String => merge.GetString()!.Split(' '),
                JsonValueKind.Array when merge.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String)
                    => [.. merge.EnumerateArray().Select(e => e.GetString()!)],
                _ => [],
            };
            if (halves.Length != 2 || halves[0].Length == 0 || halves[1].Length == 0)
                throw Error($"model.merges[{pairs.Count}]", "must be two tokens, as \"left right\" or [\"left\", \"right\"]");
            pairs.Add((halves[0], halves[1]));
        }
        return pairs;
    }

    private List<AddedToken> ReadAddedTokens(JsonElement root, BpeModel model)
    {
        var tokens = new List<AddedToken>();
        if (!root.TryGetProperty("added_tokens", out var list) || list.ValueKind == JsonValueKind.Null) return tokens;
        if (list.ValueKind != JsonValueKind.Array) throw Error("added_tokens", "must be an array");
        var (contents, ids) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<int>());
        foreach (var entry in list.EnumerateArray())
        {
            var field = $"added_tokens[{tokens.Count}]";
            if (entry.ValueKind != JsonValueKind.Object) throw Error(field, "must be an object");
            var content = Field(entry, "content", field + ".", JsonValueKind.String).GetString()!;
            var id = ReadId(Field(entry, "id", field + ".", JsonValueKind.Number), field + ".id");
            foreach (var flag in (string[])["single_word", "lstrip", "rstrip"])
                Require(entry, field, flag, e => e.ValueKind == JsonValueKind.False, "false");
            if (content.Length == 0) throw Error(field + ".content", "must not be empty");
            if (!contents.Add(content)) throw Error(field + ".content", $"'{content}' is there twice");
            if (!ids.Add(id)) throw Error(field + ".id", $"{id} is there twice");
            if (model.TokenOf(id) is { } other && other != content) throw Error(field + ".id", $"{id} is the id of '{other}' in model.vocab");
            if (model.TryGetId(content, out var known) && known != id) throw Error(field + ".id", $"is {id}, but model.vocab has '{content}' as {known}");
            tokens.Add(new AddedToken(id, content, Flag(entry, "special"), Flag(entry, "normalized")));
        }
        return tokens;
    }

    private bool ReadComposes(JsonElement root)
    {
        if (!root.TryGetProperty("normalizer", out var normalizer) || normalizer.ValueKind == JsonValueKind.Null) return false;
        var steps = Steps(normalizer, "normalizer", "normalizers");
        foreach (var (step, field) in steps)
            if (TypeOf(step) != "NFC") throw Error(field + ".type", $"is '{TypeOf(step)}'; only null and 'NFC' are supported");
        return steps.Count > 0;
    }

    private PreTokenizer ReadPreTokenizer(JsonElement root)
    {
        var steps = Steps(Field(root, "pre_tokenizer", "", JsonValueKind.Object), "pre_tokenizer", "pretokenizers");
        if (steps.Count > MostSteps) throw Error("pre_tokenizer", $"has more than {MostSteps} steps, which are not supported");
        if (steps.Count == 0 || TypeOf(steps[^1].Step) != "ByteLevel")
            throw Error("pre_tokenizer", "must be 'ByteLevel', or a 'Sequence' of 'Split' and 'Digits' that ends with 'ByteLevel'");
        var patterns = steps[..^1].ConvertAll(s => ReadPattern(s.Step, s.Field));
        var bytes = steps[^1];
        var prefix = Flag(bytes.Step, "add_prefix_space");
        if (prefix && patterns.Count > 0) throw Error(bytes.Field + ".add_prefix_space", "is true after a split; only false is supported there");
        if (!bytes.Step.TryGetProperty("use_regex", out var useRegex) || useRegex.ValueKind != JsonValueKind.False) patterns.Add(PreTokenizer.Gpt2Pattern);
        return new PreTokenizer(patterns, prefix);
    }

    private string ReadPattern(JsonElement step, string field)
    {
        var type = TypeOf(step);
        if (type == "Digits") return Flag(step, "individual_digits") ? @"\p{N}" : @"\p{N}+";
        if (type != "Split") throw Error(field + ".type", $"is '{type}'; only 'Split', 'Digits' and a final 'ByteLevel' are supported");
        Require(step, field, "behavior", e => e.ValueKind == JsonValueKind.String && e.GetString() == "Isolated", "'Isolated'");
        Require(step, field, "invert", e => e.ValueKind == JsonValueKind.False, "false");
        var pattern = Field(step, "pattern", field + ".", JsonValueKind.Object);
        var isLiteral = pattern.TryGetProperty("String", out _);
        var text = Field(pattern, isLiteral ? "String" : "Regex", field + ".pattern.", JsonValueKind.String).GetString()!;
        if (text.Length > LongestPattern) throw Error(field + ".pattern", $"has {text.Length} characters; at most {LongestPattern} are supported");
        if (isLiteral) return Regex.Escape(text);
        try
        {
            _ = new Regex(text, RegexOptions.CultureInvariant);
            return text;
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{_name}: {field}.pattern.Regex: .NET does not understand the pattern: {e.Message}", e);
        }
    }

    private void CheckDecoder(JsonElement root)
    {
        var steps = Steps(Field(root, "decoder", "", JsonValueKind.Object), "decoder", "decoders");
        if (steps.Count != 1 || TypeOf(steps[0].Step) != "ByteLevel")
            throw Error("decoder.type", $"is '{TypeOf(Field(root, "decoder", "", JsonValueKind.Object))}'; only 'ByteLevel' is supported");
    }

    private List<(JsonElement Step, string Field)> Steps(JsonElement element, string field, string listName)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Error(field, "must be an object");
        if (TypeOf(element) != "Sequence") return [(element, field)];
        var list = Field(element, listName, field + ".", JsonValueKind.Array);
        if (list.GetArrayLength() > MostSteps) throw Error($"{field}.{listName}", $"has {list.GetArrayLength()} steps; at most {MostSteps} are supported");
        return [.. list.EnumerateArray().SelectMany((step, i) => Steps(step, $"{field}.{listName}[{i}]", listName)).Take(MostSteps + 1)];
    }

    private JsonElement Field(JsonElement parent, string name, string prefix, JsonValueKind kind) =>
        !parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? throw Error(prefix + name, "is missing")
        : value.ValueKind != kind ? throw Error(prefix + name, $"must be of JSON type {kind}, not {value.ValueKind}")
        : value;

    private void Require(JsonElement parent, string field, string name, Func<JsonElement, bool> holds, string supported)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null || holds(value)) return;
        throw Error($"{field}.{name}", $"is {JsonText.Shown(value)}; only {supported} is supported");
    }

    private int ReadId(JsonElement value, string field) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var id) && id is >= 0 and <= HighestId
            ? id
            : throw Error(field, $"must be a whole number from 0 to {HighestId}, not {JsonText.Shown(value)}");

    private static bool IsEmptyString(JsonElement e) => e.ValueKind == JsonValueKind.String && e.GetString() == "";

    private static bool Flag(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? TypeOf(JsonElement element) =>
        element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private static string RawOf(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetRawText() : "null";

    private InvalidDataException Error(string field, string problem) => new($"{_name}: {field} {problem}.");
}
