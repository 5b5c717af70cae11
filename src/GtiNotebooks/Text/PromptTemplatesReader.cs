using System.Text.Json;
using GtiNotebooks.Data;

namespace GtiNotebooks.Text;

/// <summary>Reads and checks the JSON form of <see cref="PromptTemplates"/>.</summary>
internal sealed class PromptTemplatesReader
{
    private const int NextItemTemplates = 3;

    private readonly string _name;

    private PromptTemplatesReader(string name) => _name = name;

    public static PromptTemplates Read(Stream stream, string name) => JsonText.Read(stream, name, new PromptTemplatesReader(name).Read);

    private PromptTemplates Read(JsonElement root)
    {
        RequireFields(root, "the file", ["grounding", "nextItem", "fused", "historySeparator", "titleSeparator"]);
        var kinds = Enum.GetValues<GroundingKind>();
        var groundingJson = root.GetProperty("grounding");
        RequireFields(groundingJson, "grounding", Array.ConvertAll(kinds, k => k.ToString()));
        var grounding = kinds.ToDictionary(kind => kind, kind => ReadGrounding(groundingJson.GetProperty(kind.ToString()), kind));

        var nextItemJson = root.GetProperty("nextItem");
        if (nextItemJson.ValueKind != JsonValueKind.Array || nextItemJson.GetArrayLength() != NextItemTemplates)
            throw Error("nextItem", $"must be an array of {NextItemTemplates} templates");
        var nextItem = nextItemJson.EnumerateArray().Select((t, i) => ReadTemplate(t, $"nextItem[{i}]", ["history"], ["id"])).ToArray();

        var tasks = Enum.GetValues<FusedTask>();
        var fusedJson = root.GetProperty("fused");
        RequireFields(fusedJson, "fused", Array.ConvertAll(tasks, task => task.ToString()));
        var fused = tasks.ToDictionary(task => task, task => ReadTemplate(
            fusedJson.GetProperty(task.ToString()), $"fused.{task}", [PromptTemplates.HistoryGap(task)], [PromptTemplates.AnswerGap(task)]));
        return new PromptTemplates(grounding, nextItem, fused, (ReadString(root, "historySeparator", ""), ReadString(root, "titleSeparator", "")));
    }

    private PromptTemplate ReadGrounding(JsonElement json, GroundingKind kind)
    {
        List<string> texts = [];
        if (PromptTemplates.UsesTitle(kind)) texts.Add("title");
        if (PromptTemplates.UsesDescription(kind)) texts.Add("description");
        return kind.AsksForId()
            ? ReadTemplate(json, $"grounding.{kind}", texts, ["id"])
            : ReadTemplate(json, $"grounding.{kind}", ["id"], texts);
    }

    // The answer's placeholders must not stand in the prompt as well: that would give the answer away.
    private PromptTemplate ReadTemplate(JsonElement json, string field, IReadOnlyList<string> inPrompt, IReadOnlyList<string> inAnswer)
    {
        RequireFields(json, field, ["prompt", "answer"]);
        var template = new PromptTemplate(ReadString(json, "prompt", field + "."), ReadString(json, "answer", field + "."));
        CheckPlaceholders(template.Prompt, field + ".prompt", inPrompt);
        CheckPlaceholders(template.Answer, field + ".answer", inAnswer);
        return template;
    }

    private void CheckPlaceholders(string text, string field, IReadOnlyList<string> needed)
    {
        var found = PromptTemplate.Placeholders(text);
        var list = string.Join(" and ", needed.Select(n => $"{{{n}}}"));
        if (found.FirstOrDefault(f => !needed.Contains(f)) is { } extra) throw Error(field, $"has {{{extra}}}; it may have {list} only");
        if (needed.FirstOrDefault(n => !found.Contains(n)) is { } missing) throw Error(field, $"lacks {{{missing}}}; it must have {list}");
    }

    private void RequireFields(JsonElement json, string field, IReadOnlyList<string> names)
    {
        if (json.ValueKind != JsonValueKind.Object) throw Error(field, "must be a JSON object");
        foreach (var property in json.EnumerateObject())
            if (!names.Contains(property.Name)) throw Error(field, $"has an unknown field '{property.Name}'; known are {string.Join(", ", names)}");
        if (names.FirstOrDefault(name => !json.TryGetProperty(name, out _)) is { } missing) throw Error(field, $"lacks the field '{missing}'");
    }

    private string ReadString(JsonElement json, string name, string prefix) => json.GetProperty(name) is { ValueKind: JsonValueKind.String } value
        ? value.GetString()!
        : throw Error(prefix + name, "must be a string");

    private InvalidDataException Error(string field, string problem) => new($"{_name}: {field} {problem}.");
}
