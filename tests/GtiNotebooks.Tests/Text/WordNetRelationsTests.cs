using GtiNotebooks.Testing;
using GtiNotebooks.Text;

namespace GtiNotebooks.Tests.Text;

public class WordNetRelationsTests
{
    private static readonly string[] Words = ["hound", "dog", "cat", "pup", "tree", "afraid", "scared", "walk", "run"];

    [Fact]
    public void SynonymsShareASynsetAndSiblingsAHypernym()
    {
        using var folder = new WordNetFolder(
            WordNetFolder.Synset(["hound", "dog", "Dog", "lap_dog"], "@ 00000001 n", "~ 00000005 n"),
            WordNetFolder.Synset(["cat"], "@ 00000001 n"),
            WordNetFolder.Synset(["tree"], "@i 00000001 n"), // a named thing is no sibling of a kind
            WordNetFolder.Synset(["pup", "dog"], "~ 00000001 n", "@ 00000002 n", "@ 00000003 n"),
            WordNetFolder.Synset(["unknown"], "@ 00000003 n"));
        folder.Write("data.verb", WordNetFolder.Synset(["walk"], "@ 00000001 v"), WordNetFolder.Synset(["run"], "@ 00000001 v"));
        folder.Write("data.adj", WordNetFolder.Synset(["scared", "afraid(p)"]));

        var relations = WordNetRelations.Read(folder.Path, Words);

        Assert.Equal([new("afraid", "scared"), new("dog", "hound"), new("dog", "pup")], relations.Synonyms);
        // The verbs' hypernym has the offset of the nouns' and is another one.
        Assert.Equal([new("cat", "dog"), new("cat", "hound"), new("run", "walk")], relations.Siblings);
    }

    [Fact]
    public void APairIsThereOnceAndASynonymIsNoSibling()
    {
        using var folder = new WordNetFolder(
            WordNetFolder.Synset(["dog", "hound"], "@ 00000001 n"),
            WordNetFolder.Synset(["hound", "dog"], "@ 00000002 n"),
            WordNetFolder.Synset(["hound"], "@ 00000001 n"),
            WordNetFolder.Synset(["dog"], "@ 00000001 n"));

        var relations = WordNetRelations.Read(folder.Path, Words.Concat(Words));

        Assert.Equal([new("dog", "hound")], relations.Synonyms);
        Assert.Empty(relations.Siblings);
    }

    [Theory]
    [InlineData(30, 30 * 29 / 2)]
    [InlineData(31, 0)]
    public void AHypernymOverTooManyOfTheWordsIsLeftOut(int below, int pairs)
    {
        var words = Enumerable.Range(0, below).Select(i => "w" + (char)('a' + i)).ToArray();
        using var folder = new WordNetFolder(
            [.. words.Append("other").Select(word => WordNetFolder.Synset([word], "@ 00000001 n"))]); // "other" is not asked for

        Assert.Equal(pairs, WordNetRelations.Read(folder.Path, words).Siblings.Count);
    }

    [Theory]
    [InlineData("00009999 03 n 01 dog 0 002 @ 00000001 n 0000 | fewer pointers than counted")]
    [InlineData("00009999 03 n 01 dog 0 xyz @ 00000001 n 0000 | the count of pointers is no number")]
    [InlineData("00009999 03 n 02 dog 0 cat 0 | no count of pointers")]
    public void ABadLineIsNamed(string line)
    {
        using var folder = new WordNetFolder(line);

        Assert.Contains("data.noun, line 2:", Assert.Throws<InvalidDataException>(() => WordNetRelations.Read(folder.Path, Words)).Message);
    }

    [Fact]
    public void TheInstalledDatabaseKnowsFruit()
    {
        if (!Directory.Exists(WordNetCorpus.DebianFolder))
        {
            SharedFolder.Skip($"{WordNetCorpus.DebianFolder} is missing");
            return;
        }

        var relations = WordNetRelations.Read(WordNetCorpus.DebianFolder, ["apple", "cherry", "plum", "hammer", "doctor", "physician", "aardvark"]);

        Assert.Contains(new WordPair("doctor", "physician"), relations.Synonyms);
        Assert.Contains(new WordPair("cherry", "plum"), relations.Siblings);
        Assert.Contains(new WordPair("apple", "cherry"), relations.Siblings);
        Assert.DoesNotContain(relations.Synonyms.Concat(relations.Siblings), pair => pair.First == "aardvark" || pair.Second == "aardvark");
    }
}
