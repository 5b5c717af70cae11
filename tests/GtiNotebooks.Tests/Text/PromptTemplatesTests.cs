using System.Text.Json.Nodes;
using GtiNotebooks.Testing;
using GtiNotebooks.Text;

namespace GtiNotebooks.Tests.Text;

public class PromptTemplatesTests
{
    [Fact]
    public void Every_kind_gives_one_side_and_asks_for_the_other()
    {
        foreach (var kind in Enum.GetValues<GroundingKind>())
        {
            var text = PromptTemplates.Default.Grounding(kind, "TITLE", "DESCRIPTION", "<a_1><b_2>");
            var (textSide, idSide) = kind <= GroundingKind.TitleAndDescriptionToId ? (text.Prompt, text.Answer) : (text.Answer, text.Prompt);
            Assert.Equal(kind is not (GroundingKind.DescriptionToId or GroundingKind.IdToDescription), textSide.Contains("TITLE"));
            Assert.Equal(kind is not (GroundingKind.TitleToId or GroundingKind.IdToTitle), textSide.Contains("DESCRIPTION"));
            Assert.Contains("<a_1><b_2>", idSide);
            Assert.DoesNotContain("<a_1>", textSide);
        }
    }

    [Fact]
    public void Histories_are_listed_in_time_order()
    {
        Assert.Equal(3, PromptTemplates.Default.NextItemCount);
        var prompts = Enumerable.Range(0, 3).Select(i => PromptTemplates.Default.NextItem(i, ["<a_1>", "<a_2>"], "<a_3>")).ToArray();
        Assert.Equal(3, prompts.Select(p => p.Prompt).Distinct().Count());
        Assert.All(prompts, p => Assert.Contains("<a_1><a_2>", p.Prompt));
        Assert.All(prompts, p => Assert.Equal("<a_3>", p.Answer));
        Assert.Throws<ArgumentOutOfRangeException>(() => PromptTemplates.Default.NextItem(3, ["<a_1>"], "<a_3>"));
        Assert.Throws<ArgumentException>(() => PromptTemplates.Default.NextItem(0, [], "<a_3>"));
    }

    [Fact]
    public void A_title_that_looks_like_a_placeholder_stays_as_it_is() =>
        Assert.Contains("{id} {", PromptTemplates.Default.Grounding(GroundingKind.TitleToId, "{id} {", "", "<a_1>").Prompt);

    [Fact]
    public void Blank_texts_rule_kinds_out()
    {
        Assert.Equal(6, PromptTemplates.KindsFor("t", "d").Count);
        Assert.Equal([GroundingKind.TitleToId, GroundingKind.IdToTitle], PromptTemplates.KindsFor("t", " "));
        Assert.Empty(PromptTemplates.KindsFor("", ""));
        Assert.Throws<ArgumentException>(() => PromptTemplates.Default.Grounding(GroundingKind.IdToDescription, "t", "", "<a_1>"));
    }

    public static TheoryData<string, string, string> Faults => new()
    {
        { "grounding.TitleToId.prompt", "\"Which {titel}?\"", "grounding.TitleToId.prompt has {titel}; it may have {title} only" },
        { "grounding.TitleToId.prompt", "\"Which?\"", "grounding.TitleToId.prompt lacks {title}" },
        { "grounding.TitleToId.prompt", "\"{title} {id}\"", "grounding.TitleToId.prompt has {id}" },
        { "grounding.IdToTitle.answer", "\"\"", "grounding.IdToTitle.answer lacks {title}" },
        { "grounding.TitleAndDescriptionToId.prompt", "\"{title}\"", "lacks {description}" },
        { "grounding.IdToTitle", "null", "grounding.IdToTitle must be a JSON object" },
        { "grounding.IdToTitle.prompt", "3", "grounding.IdToTitle.prompt must be a string" },
        { "grounding", "{}", "grounding lacks the field 'TitleToId'" },
        { "nextItem", "[]", "nextItem must be an array of 3 templates" },
        { "fused.NextTitle.prompt", "\"After {titles}\"", "fused.NextTitle.prompt has {titles}; it may have {history} only" },
        { "fused.TitlesToId.answer", "\" {title}\"", "fused.TitlesToId.answer has {title}; it may have {id} only" },
        { "fused", "{}", "fused lacks the field 'NextTitle'" },
        { "colour", "1", "unknown field 'colour'" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_faulty_template_is_named(string field, string value, string expected)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "src/GtiNotebooks/Text/Prompts/default.json")))!;
        var steps = field.Split('.');
        var parent = steps[..^1].Aggregate(json, (node, step) => node[step]!);
        parent[steps[^1]] = JsonNode.Parse(value);
        var path = Path.GetTempFileName();
        File.WriteAllText(path, json.ToJsonString());
        var message = Assert.Throws<InvalidDataException>(() => PromptTemplates.Load(path)).Message;
        File.Delete(path);
        Assert.StartsWith(path, message);
        Assert.Contains(expected, message);
    }
}
