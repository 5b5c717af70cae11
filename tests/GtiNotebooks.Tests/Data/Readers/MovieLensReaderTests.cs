using System.Text;
using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data.Readers;

public sealed class MovieLensReaderTests
{
    private static string Flags(params int[] set) => string.Join('|', Enumerable.Range(0, 19).Select(genre => set.Contains(genre) ? "1" : "0"));

    private static TemporaryFolder Form100K()
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "ml"));
        string[] films =
        [
            $"1|Toy Story (1995)|01-Jan-1995||http://us.imdb.com/M/title-exact?Toy%20Story%20(1995)|{Flags(3, 4, 5)}",
            $"2|Misérables, Les (1995)|01-Jan-1995||http://us.imdb.com/x|{Flags(8, 12)}",
            $"267|unknown||||{Flags(0)}",
        ];
        File.WriteAllText(Path.Combine(folder.Path, "ml", "u.item"), string.Join('\n', films) + "\n", Encoding.Latin1);
        folder.Write("ml/u.data", "196\t1\t5\t881250949", "196\t2\t3\t881250900", "7\t267\t4\t10", "7\t1\t4\t11");
        return folder;
    }

    private static TemporaryFolder Form1M()
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "ml"));
        File.WriteAllText(
            Path.Combine(folder.Path, "ml", "movies.dat"),
            "1::Toy Story (1995)::Animation|Children's|Comedy\n73::Misérables, Les (1995)::Drama|Musical\n", Encoding.Latin1);
        folder.Write("ml/ratings.dat", "1::73::5::978300760", "1::1::3::978302109", "2::1::2::5", "2::73::2::6");
        return folder;
    }

    private static Dataset Import(TemporaryFolder folder, ImportOptions options, out ImportReport report)
    {
        var target = Path.Combine(folder.Path, "out");
        report = DataImport.Run("movielens", Path.Combine(folder.Path, "ml"), target, options);
        return Dataset.Load(target);
    }

    [Fact]
    public void The_100K_form_has_pipes_flags_and_Latin_1()
    {
        using var folder = Form100K();
        var dataset = Import(folder, new ImportOptions(), out var report);
        Assert.Equal("100K form", report.Form);
        Assert.Equal(["Toy Story (1995)", "Misérables, Les (1995)", "unknown"], dataset.Catalogue.Select(item => item.Title));
        Assert.Equal(["Animation, Children's, Comedy", "Drama, Musical", ""], dataset.Catalogue.Select(item => item.Description));
        Assert.Equal("""["Animation","Children's","Comedy"]""", dataset.Catalogue[0].Fields["genres"]);
        Assert.Equal("01-Jan-1995", dataset.Catalogue[0].Fields["release_date"]);
        Assert.Equal([1, 0], dataset.Log.Users.Single(user => user.UserId == "196").Items);
    }

    [Fact]
    public void The_1M_form_has_double_colons()
    {
        using var folder = Form1M();
        var dataset = Import(folder, new ImportOptions { MinimumRating = 3 }, out var report);
        Assert.Equal("1M form", report.Form);
        Assert.Equal(["Animation, Children's, Comedy", "Drama, Musical"], dataset.Catalogue.Select(item => item.Description));
        Assert.Equal("Misérables, Les (1995)", dataset.Catalogue[1].Title);
        var user = Assert.Single(dataset.Log.Users);
        Assert.Equal([1, 0], user.Items);
        Assert.Equal([978300760, 978302109], user.Timestamps);
        Assert.Equal([new ImportCount("rated below 3", 2)], report.DroppedEvents);
    }

    [Theory]
    [InlineData("u.data", "1\t2\t3", "line 1: 3 fields, but there should be 4: user, film, rating and time")]
    [InlineData("u.data", "1\t2\tfive\t3", "rating 'five'")]
    [InlineData("u.item", "1|Toy|||x|1", "line 1: 6 fields, but there should be 24")]
    [InlineData("movies.dat", "", "files of both forms")]
    public void A_wrong_file_is_named_with_its_line(string file, string content, string expected)
    {
        using var folder = Form100K();
        folder.Write($"ml/{file}", content);
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Import(folder, new ImportOptions(), out _)).Message);
    }

    [Fact]
    public void A_folder_without_ratings_says_what_should_be_there()
    {
        using var folder = new TemporaryFolder();
        folder.Write("ml/README", "");
        Assert.Contains("ratings.dat and movies.dat", Assert.Throws<FileNotFoundException>(() => Import(folder, new ImportOptions(), out _)).Message);
    }
}
