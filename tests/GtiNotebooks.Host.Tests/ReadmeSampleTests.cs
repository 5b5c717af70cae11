using System.Runtime.CompilerServices;
using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.Retrieval;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Testing;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using GtiNotebooks.Vocabulary;

namespace GtiNotebooks.Host.Tests;

/// <summary>The sample that the README opens with is the code below, run with fewer steps.</summary>
public sealed class ReadmeSampleTests
{
    private const string Begin = "        // README:\n", End = "        // :README\n";

    [Fact]
    public void TheSampleRunsAndRecommends()
    {
        var (folder, console) = (Environment.CurrentDirectory, Console.Out);
        using var said = new StringWriter();
        try
        {
            Environment.CurrentDirectory = SharedFolder.RepositoryRoot;
            Console.SetOut(said);
            Run();
        }
        finally
        {
            Environment.CurrentDirectory = folder;
            Console.SetOut(console);
        }
        var lines = said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["1", "2", "3", "4", "5"], lines.Select(line => line.Split('.')[0]));
        Assert.All(lines, line => Assert.Matches(@"<a_\d+><b_\d+><c_\d+> -\d+\.\d\d$", line.TrimEnd()));
    }

    [Fact]
    public void TheReadmeHasIt()
    {
        var readme = File.ReadAllText(Path.Combine(SharedFolder.RepositoryRoot, "README.md")).ReplaceLineEndings("\n");
        var first = readme.Split("```csharp\n")[1].Split("```")[0];
        Assert.Equal("const int steps = 400;\n" + Source(), first);
        Assert.InRange(first.Split('\n').Count(line => line.Length > 0), 10, 20);
    }

    private static void Run()
    {
        const int steps = 2;
        // README:
        var dataset = Dataset.Load("data/wardrobe");
        var (ids, _) = SemanticIdFolder.Load("data/wardrobe/semantic-ids", dataset.Catalogue);
        using var pretrained = CheckpointFolder.Load("data/models/gti-mini");

        // 192 new tokens, all on one point: the usual start.
        var extension = VocabularyExtension.Apply(pretrained, ids, new MeanInitialiser(), seed: 0);
        var encoder = new PromptEncoder(extension.Tokenizer, PromptTemplates.Default, ChatFormat.Plain, new PromptLimits(24, 40, 512));

        // Grounding: everything is frozen but their rows.
        GroundingStage.Run(extension.Model, new GroundingPrompts(dataset.Catalogue, ids, encoder, seed: 0), new TrainingOptions(steps, 48, 5e-3));

        // Fine-tuning: all parameters, on histories and what came next.
        var prompts = new NextItemPrompts(dataset.Split(maxHistory: 10).Train, ids, encoder, seed: 0);
        Trainer.Run("fine-tuning", extension.Model, prompts, new TrainingOptions(steps, 64, 2e-3) { WarmupSteps = steps / 8 });

        // Recommending: a beam search that can only spell IDs of the catalogue.
        var recommender = new Recommender(extension, dataset.Catalogue, encoder, new RecommenderOptions(MaxHistory: 10));
        foreach (var next in recommender.Recommend(["g0007", "g0300"], new RecommendationRequest(Count: 5)).Recommendations)
            Console.WriteLine($"{next.Rank}. {next.Item.Title} {next.SemanticId} {next.LogProbability:F2}");
        // :README
    }

    private static string Source([CallerFilePath] string file = "")
    {
        var text = File.ReadAllText(file).ReplaceLineEndings("\n").Split("private static void Run()")[1].Split(Begin)[1].Split(End)[0];
        return string.Concat(text.Split('\n')[..^1].Select(line => (line.Length > 8 ? line[8..] : "") + "\n"));
    }
}
