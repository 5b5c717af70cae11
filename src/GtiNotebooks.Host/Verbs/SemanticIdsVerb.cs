using System.CommandLine;
using System.Globalization;
using GtiNotebooks.Data;
using GtiNotebooks.Models;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;

namespace GtiNotebooks.Host.Verbs;

/// <summary><c>semantic-ids</c>: gives the items of a data folder their Semantic IDs, and reports what these are worth.</summary>
public static class SemanticIdsVerb
{
    /// <summary>Builds the verb.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = "Data folder (default: data/wardrobe of this checkout).", HelpName = "DIR" };
        var folder = new Option<string?>("--out") { Description = "Folder to write (default: semantic-ids in the data folder).", HelpName = "DIR" };
        var levels = new Option<int>("--levels") { Description = "Codes an ID has.", DefaultValueFactory = _ => 3 };
        var size = new Option<int>("--codebook-size") { Description = "Codes a level has.", DefaultValueFactory = _ => 256 };
        var seed = new Option<int>("--seed") { Description = "Of everything that is drawn." };
        var vectors = new Option<string?>("--vectors") { Description = "File of the items' vectors: .npy, .safetensors or .csv (default: TF-IDF and truncated SVD of their texts).", HelpName = "FILE" };
        var encoder = new Option<string?>("--encoder") { Description = "Hugging Face folder of a model whose states are the vectors.", HelpName = "DIR" };
        var pooling = new Option<TextPooling>("--pooling") { Description = "Of the encoder's states.", DefaultValueFactory = _ => TextPooling.MeanOfTokens };
        var learner = new Option<Learner>("--learner") { Description = "How codebooks are learnt.", DefaultValueFactory = _ => Learner.RqVae };
        var fallback = new Option<CollisionFallback>("--fallback") { Description = "What becomes of items that still collide.", DefaultValueFactory = _ => CollisionFallback.NextFreeCode };
        var command = new Command("semantic-ids", "Learn the items' Semantic IDs from their texts or vectors.")
        {
            data, folder, levels, size, seed, vectors, encoder, pooling, learner, fallback,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(vectors) is not null && result.GetValue(encoder) is not null)
                result.AddError("--vectors and --encoder both say where vectors come from; give one.");
        });
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            var root = parsed.GetValue(data) ?? Repository.Find().BundledData;
            var (count, codes, chance) = (parsed.GetValue(levels), parsed.GetValue(size), parsed.GetValue(seed));
            var options = new SemanticIdOptions
            {
                Fallback = parsed.GetValue(fallback),
                Codebooks = parsed.GetValue(learner) == Learner.RqVae
                    ? new RqVaeOptions { Levels = count, CodebookSize = codes, Seed = chance }
                    : new ResidualKMeansOptions(count, codes, Iterations: 50, chance),
            };
            using var source = SourceOf(parsed.GetValue(vectors), parsed.GetValue(encoder), parsed.GetValue(pooling));
            return Run(root, parsed.GetValue(folder) ?? Path.Combine(root, Dataset.SemanticIdsName), source, options, parsed.InvocationConfiguration.Output, cancellation);
        }, cancellation));
        return command;
    }

    private enum Learner
    {
        RqVae,
        ResidualKMeans,
    }

    private static int Run(
        string data, string folder, VectorSource source, SemanticIdOptions options, TextWriter output, CancellationToken cancellation)
    {
        SemanticIdFolder.RequireReplaceable(folder); // now, not after the learning
        var catalogue = Dataset.Load(data).Catalogue;
        output.WriteLine($"{catalogue.Count} items, {source.Name}, {options.Codebooks.Levels} levels of {options.Codebooks.CodebookSize} codes, seed {options.Codebooks.Seed}");
        using var vectors = source.Vectors.For(catalogue, new EncodingLines(output), cancellation);
        using var result = SemanticIdBuilder.Build(vectors, options, [.. catalogue.Select(CatalogueIds.TextOf)], new EpochLines(output), cancellation);
        SemanticIdFolder.Save(folder, catalogue, result, source.Name, options);
        output.WriteLine(SummaryOf(result.Report));
        output.WriteLine($"wrote {folder}");
        return 0;
    }

    private static string SummaryOf(SemanticIdBuildReport report)
    {
        string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
        string Row(string name, SemanticIdReport ids) =>
            $"{name,-15} collision rate {Number(ids.CollisionRate, "0.0000")}, items in collisions {ids.ItemsInCollisions}, perplexity {string.Join(" / ", ids.Levels.Select(level => Number(level.Perplexity, "0.0")))}";
        return string.Join('\n',
        [
            Row("learnt", report.Learnt),
            Row("after Sinkhorn", report.AfterSinkhorn),
            Row("after fallback", report.Final),
            $"items with equal vectors: {report.Identical.Sum(group => group.Count)}, in {report.Identical.Count} groups",
            $"reconstruction error {Number(report.Reconstruction, "0.0000")}, of the final codes {Number(report.FinalReconstruction, "0.0000")}",
            $"mean cosine by shared levels: {string.Join(", ", report.PrefixCheck.Select(prefix => $"{prefix.SharedLevels}: {(prefix.MeanCosine is { } cosine ? Number(cosine, "0.000") : "no pair")}"))}",
            $"{Number(report.Seconds, "0")} s",
        ]);
    }

    private static VectorSource SourceOf(string? file, string? folder, TextPooling pooling)
    {
        if (file is not null)
            return new VectorSource($"vectors of {Path.GetFileName(file)}", new VectorFile(file));
        if (folder is null)
        {
            var texts = new TfIdfEncoder(new TfIdfOptions());
            return new VectorSource(texts.Fingerprint(), new TextVectors(texts));
        }

        var pretrained = CheckpointFolder.Load(folder);
        var states = new LanguageModelEncoder(pretrained, new LanguageModelEncoderOptions(pooling));
        return new VectorSource($"{Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))}, {pooling}", new TextVectors(states), pretrained);
    }

    private sealed record VectorSource(string Name, IItemVectors Vectors, PretrainedModel? Model = null) : IDisposable
    {
        public void Dispose() => Model?.Dispose();
    }

    private sealed class EncodingLines(TextWriter output) : IProgress<EncodingProgress>
    {
        private int last;

        public void Report(EncodingProgress value)
        {
            if (value.Encoded < value.Texts && value.Encoded / 500 == last / 500)
                return;
            last = value.Encoded;
            output.WriteLine($"  encoding       {value.Encoded,5}/{value.Texts}");
        }
    }

    private sealed class EpochLines(TextWriter output) : IProgress<RqVaeEpoch>
    {
        public void Report(RqVaeEpoch value) => output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  rq-vae  epoch {value.Number,4}  reconstruction {value.Reconstruction:0.0000}  collision rate {value.CollisionRate:0.000}  perplexity {string.Join(" / ", value.Perplexities.Select(p => p.ToString("0", CultureInfo.InvariantCulture)))}  {value.Seconds:0} s"));
    }
}
