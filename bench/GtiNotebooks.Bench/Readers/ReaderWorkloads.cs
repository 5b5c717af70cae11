using System.Text;
using GtiNotebooks.Data;
using GtiNotebooks.Retrieval;
using GtiNotebooks.Text;

namespace GtiNotebooks.Bench;

/// <summary>
/// What stands around the models: data, tokenizer, trie. The other side has nothing like them, so each is measured alone. Everything runs once to
/// warm up, and that run's memory is looked at; the others are timed.
/// </summary>
internal static class ReaderWorkloads
{
    private const int Vocabulary = 8_192;
    private const int TrainingText = 1_000_000;

    /// <summary>A data folder of the native form is loaded, with its hashes.</summary>
    public static Timed Interactions(int steps, int events)
    {
        using var files = new GeneratedFiles();
        files.WriteNative(events);
        return Run(steps, _ => Dataset.Load(files.Folder), data => data.Log.EventCount);
    }

    /// <summary>A foreign form (MovieLens 1M) is imported: read, cleaned, filtered, written.</summary>
    public static Timed Import(int steps, int ratings)
    {
        using GeneratedFiles source = new(), target = new();
        source.WriteMovieLens(ratings);
        return Run(steps, _ => DataImport.Run("movielens", source.Folder, Path.Combine(target.Folder, "imported")), report => report.Events);
    }

    /// <summary>Text in which words come again, as in catalogues.</summary>
    public static Timed Tokenizer(int steps, int characters) => Tokenizer(steps, seed => GeneratedText.OfALanguage(seed, characters));

    /// <summary>Text in which no word comes again: nothing that was encoded before helps.</summary>
    public static Timed TokenizerOfNewWords(int steps, int characters) => Tokenizer(steps, seed => GeneratedText.OfNewWords(seed, characters));

    /// <summary>The trie of a catalogue's Semantic IDs, 4 levels of 256 codes at random.</summary>
    public static Timed Trie(int steps, int ids)
    {
        var random = new Random(1);
        var sequences = new int[ids][];
        for (var i = 0; i < ids; i++)
            sequences[i] = [.. Enumerable.Range(0, Shapes.Levels).Select(level => Shapes.TextTokens + level * Shapes.Codes + random.Next(Shapes.Codes))];
        return Run(steps, _ => PrefixTrie.Build(sequences), trie => trie.ItemCount);
    }

    private static Timed Tokenizer(int steps, Func<int, string[]> text)
    {
        var tokenizer = ByteLevelBpeTrainer.Train(GeneratedText.OfALanguage(seed: 0, TrainingText), Vocabulary, []);
        var texts = Enumerable.Range(1, steps + 1).Select(text).ToArray();
        return Run(steps, step => texts[step].Sum(line => tokenizer.Encode(line).Length > 0 ? Encoding.UTF8.GetByteCount(line) : 0), bytes => bytes / 1e6);
    }

    private static Timed Run<T>(int steps, Func<int, T> make, Func<T, double> count)
    {
        var timer = new StepTimer();
        var (made, memory) = MemoryUse.Of(() => make(0));
        var done = 0.0;
        timer.Lap();
        for (var step = 1; step <= steps; step++)
        {
            made = make(step);
            timer.Lap();
            done += count(made);
        }

        return new Timed(done, timer, []) { Memory = memory };
    }
}
