using GtiNotebooks.Testing;
using GtiNotebooks.Text;

namespace GtiNotebooks.Tests.Text;

public sealed class WordNetCorpusTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gti-wordnet-");

    public WordNetCorpusTests()
    {
        Write("data.noun", "  1 This software and database is being provided to you, the LICENSEE  \n"
            + "00002137 03 n 04 abstraction 0 abstract_entity 0 third 1 fourth 2 001 @ 00001740 n 0000 | a general concept; \"not | this\"  \n");
        Write("data.verb", "00001740 29 v 02 breathe 0 take_a_breath 0 001 * 00005041 v 0000 02 + 02 00 + 08 00 | draw air into, and expel out of, the lungs; \"I can breathe\"  \n");
        Write("data.adj", "00003356 00 a 01 afraid(p) 0 000 | filled with fear\n");
        Write("data.adv", "00001740 02 r 01 a_cappella 0 000 | without musical accompaniment  \n");
    }

    [Fact]
    public void Senses_become_lines() => Assert.Equal(
    [
        "abstraction, abstract entity, third: a general concept; \"not | this\"",
        "breathe, take a breath: draw air into, and expel out of, the lungs; \"I can breathe\"",
        "afraid: filled with fear",
        "a cappella: without musical accompaniment",
    ], WordNetCorpus.Read(_folder.FullName));

    [Fact]
    public void A_missing_file_names_the_package()
    {
        File.Delete(Path.Combine(_folder.FullName, "data.adj"));
        var message = Assert.Throws<FileNotFoundException>(() => WordNetCorpus.Read(_folder.FullName)).Message;
        Assert.Contains("data.adj", message);
        Assert.Contains("wordnet-base", message);
    }

    [Theory]
    [InlineData("00001740 02 r 01 a_cappella 0 000 without a bar")]
    [InlineData("00001740 02 r zz a_cappella 0 000 | the count is no number")]
    [InlineData("00001740 02 r 09 a_cappella 0 000 | fewer words than counted")]
    public void A_bad_line_is_named(string line)
    {
        Write("data.adv", "00001740 02 r 01 fine 0 000 | fine\n" + line + "\n");
        Assert.Contains("data.adv, line 2:", Assert.Throws<InvalidDataException>(() => WordNetCorpus.Read(_folder.FullName).ToList()).Message);
    }

    [Fact]
    public void The_installed_database_reads_whole()
    {
        if (!Directory.Exists(WordNetCorpus.DebianFolder)) { SharedFolder.Skip($"{WordNetCorpus.DebianFolder} is missing"); return; }
        var lines = WordNetCorpus.Read(WordNetCorpus.DebianFolder).ToList();
        Assert.Equal(117_659, lines.Count); // WordNet 3.0's synsets
        Assert.Contains("able: (usually followed by `to') having the necessary means or skill or know-how or authority to do something; \"able to swim\"; "
            + "\"she was able to program her computer\"; \"we were at last able to buy a car\"; \"able to get a grant for the project\"", lines);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);
}
