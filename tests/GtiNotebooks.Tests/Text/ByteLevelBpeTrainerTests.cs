using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Text;

namespace GtiNotebooks.Tests.Text;

public class ByteLevelBpeTrainerTests
{
    [Fact]
    public void Merges_come_by_count_then_by_lower_ids()
    {
        // Pieces: "low" x1, " low" x4, " lower" x2, " wide" x2, " wider" x1.
        //   l+o 7, o+w 7 (tie: l < o) -> "lo" 7; lo+w 7 -> "low"; Ġ+low 6 -> "Ġlow";
        //   then d+e 3, i+d 3, e+r 3, Ġ+w 3, w+i 3: d comes first among them.
        var tokenizer = ByteLevelBpeTrainer.Train(["low low low low low", "x lower lower", "y wide wide wider"], 256 + 4 + 1, ["<|endoftext|>"]);
        Assert.Equal(["lo", "low", "Ġlow", "de"], Enumerable.Range(256, 4).Select(tokenizer.TokenOf));
        Assert.Equal(260, tokenizer.IdOf("<|endoftext|>"));
        Assert.True(tokenizer.AddedTokens[0].Special);
    }

    [Fact]
    public void Runs_of_one_letter_are_counted_and_merged_without_overlap()
    {
        // "aaaa" twice: a+a counts 3 each; then aa+aa.
        var tokenizer = ByteLevelBpeTrainer.Train(["aaaa", "aaaa"], 300, []);
        Assert.Equal(258, tokenizer.VocabularySize); // no pair is left that occurs twice
        Assert.Equal(["aa", "aaaa"], Enumerable.Range(256, 2).Select(tokenizer.TokenOf));
        Assert.Equal([257], tokenizer.Encode("aaaa"));
        Assert.Equal([256, tokenizer.IdOf("a")], tokenizer.Encode("aaa"));
    }

    [Fact]
    public void Incremental_counts_equal_a_full_recount()
    {
        var random = new System.Random(5);
        var texts = Enumerable.Range(0, 60).Select(_ => string.Concat(Enumerable.Range(0, 40).Select(_ => "aabbcd  e"[random.Next(9)]))).ToArray();
        var trained = ByteLevelBpeTrainer.Train(texts, 256 + 40, []);
        Assert.Equal(NaiveMerges(texts, 40), Enumerable.Range(256, 40).Select(id => trained.TokenOf(id)!));
    }

    [Fact]
    public void The_same_texts_give_the_same_tokenizer()
    {
        string[] texts = ["a red dress", "a blue dress", "two red shirts"];
        Assert.Equal(Saved(ByteLevelBpeTrainer.Train(texts, 280, ["<e>"])), Saved(ByteLevelBpeTrainer.Train(texts, 280, ["<e>"])));
    }

    [Fact]
    public void A_trained_tokenizer_survives_saving_and_keeps_any_text()
    {
        var trained = ByteLevelBpeTrainer.Train(["The lower the price, the Lower the 日本語 tax; it's 42!", "lower LOWER 日本語 é"], 330, ["<|end|>"])
            .WithAddedTokens(["<a_1>"]);
        var loaded = Load(Saved(trained));
        Assert.Equal(trained.AddedTokens, loaded.AddedTokens);
        Assert.Equal(Saved(trained), Saved(loaded));
        Prop.ForAll(Texts.Any, text =>
            trained.Encode(text).SequenceEqual(loaded.Encode(text)) && Compose(trained.Decode(trained.Encode(text))) == Compose(text)).QuickCheckThrowOnFailure();
        Prop.ForAll(Texts.Any, text => text.Contains('<') || trained.Decode(trained.Encode(text)) == Compose(text)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Impossible_requests_are_refused()
    {
        Assert.Contains("257", Assert.Throws<ArgumentOutOfRangeException>(() => ByteLevelBpeTrainer.Train([], 256, ["<e>"])).Message);
        Assert.Throws<ArgumentException>(() => ByteLevelBpeTrainer.Train([], 300, ["<e>", "<e>"]));
        Assert.Throws<ArgumentException>(() => ByteLevelBpeTrainer.Train([], 300, [""]));
        Assert.Equal(256, ByteLevelBpeTrainer.Train([], 300, []).VocabularySize);
    }

    private static string Compose(string text) => text.Normalize(NormalizationForm.FormC);

    /// <summary>Counts all pairs anew for every merge. Pieces of these texts: an optional space with letters, or the other spaces of a run.</summary>
    private static List<string> NaiveMerges(string[] texts, int count)
    {
        var order = Enumerable.Range(0, 256).Select(i => ByteLevelBpeTrainer.Train([], 256, []).TokenOf(i)!).Select((t, i) => (t, i)).ToDictionary(p => p.t, p => p.i);
        var words = texts.SelectMany(t => System.Text.RegularExpressions.Regex.Matches(t, @" ?[a-e]+|\s+(?!\S)|\s+").Select(m => m.Value.Replace(' ', 'Ġ').Select(c => c.ToString()).ToList())).ToList();
        var learnt = new List<string>();
        while (learnt.Count < count)
        {
            var best = words.SelectMany(w => w.Zip(w.Skip(1))).GroupBy(p => p)
                .OrderByDescending(g => g.Count()).ThenBy(g => order[g.Key.First]).ThenBy(g => order[g.Key.Second]).First().Key;
            var token = best.First + best.Second;
            order.TryAdd(token, 256 + learnt.Count);
            learnt.Add(token);
            foreach (var word in words)
                for (var i = 0; i + 1 < word.Count; i++)
                    if (word[i] == best.First && word[i + 1] == best.Second) { word[i] = token; word.RemoveAt(i + 1); }
        }
        return learnt;
    }

    private static string Saved(Tokenizer tokenizer)
    {
        var path = Path.GetTempFileName();
        tokenizer.Save(path);
        var text = File.ReadAllText(path);
        File.Delete(path);
        return text;
    }

    private static Tokenizer Load(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return Tokenizer.Load(stream, "saved.json");
    }
}
