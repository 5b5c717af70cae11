using FsCheck;
using FsCheck.Fluent;
using GtiNotebooks.Data;

namespace GtiNotebooks.Tests.Data;

public sealed class InteractionLogTests
{
    internal static readonly Catalogue Letters =
        new("abcdefgh".Select(letter => new Item(letter.ToString(), letter.ToString(), "", new Dictionary<string, string>())));

    [Fact]
    public void Reads_columns_in_any_order_with_quotes_and_further_columns()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("i.csv", "note,timestamp,item_id,user_id", "\"x, \"\"y\"\"\nz\",5,b,u", ",-3,a,\"u\"", "", ",5,c,u", ",1,a,t");
        var log = InteractionLog.Load(path, Letters);
        Assert.Equal(["t", "u"], log.Users.Select(user => user.UserId));
        Assert.Equal([0, 1, 2], log.Users[1].Items); // time order; the tie at 5 keeps the file's order
        Assert.Equal([-3L, 5L, 5L], log.Users[1].Timestamps);
        Assert.Equal(4, log.EventCount);
    }

    [Fact]
    public void Accepts_windows_line_ends_and_a_byte_order_mark()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "i.csv");
        File.WriteAllText(path, "user_id,item_id,timestamp\r\nu,a,1\r\nu,b,2", new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal([0, 1], InteractionLog.Load(path, Letters).Users.Single().Items);
    }

    [Theory]
    [InlineData("u,z,1", "the item_id 'z' is not in the catalogue of 8 items")]
    [InlineData("u,a,monday", "the timestamp 'monday' is not a whole number")]
    [InlineData("u,a,1.5", "the timestamp '1.5' is not a whole number")]
    [InlineData("u,a,", "the timestamp '' is not a whole number")]
    [InlineData(",a,1", "user_id is empty")]
    [InlineData("u,a", "2 fields, but the header has 3")]
    [InlineData("u,\"a,1", "never closed")]
    public void Names_file_and_line_of_a_bad_row(string bad, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("i.csv", "user_id,item_id,timestamp", "u,a,0", bad);
        var problem = Assert.Throws<InvalidDataException>(() => InteractionLog.Load(path, Letters));
        Assert.StartsWith($"{path}, line 3: ", problem.Message);
        Assert.Contains(expected, problem.Message);
    }

    [Fact]
    public void Counts_lines_inside_quoted_fields()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("i.csv", "user_id,item_id,timestamp,note", "u,a,0,\"one\ntwo\nthree\"", "u,z,1,");
        Assert.StartsWith($"{path}, line 5: ", Assert.Throws<InvalidDataException>(() => InteractionLog.Load(path, Letters)).Message);
    }

    [Theory]
    [InlineData("user,item_id,timestamp", "line 1: the column 'user_id' is missing; the header has 'user,item_id,timestamp'")]
    [InlineData("user_id,item_id", "line 1: the column 'timestamp' is missing")]
    [InlineData("user_id,user_id,item_id,timestamp", "line 1: the column 'user_id' is there twice")]
    [InlineData("user_id,item_id,timestamp", "every history would be empty")]
    public void Names_a_bad_header(string header, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("i.csv", header);
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => InteractionLog.Load(path, Letters)).Message);
    }

    [Fact]
    public void Refuses_empty_and_unordered_histories()
    {
        Assert.Throws<ArgumentException>(() => new InteractionLog([]));
        Assert.Throws<ArgumentException>(() => new InteractionLog([new UserHistory("u", [], [])]));
        Assert.Throws<ArgumentException>(() => new InteractionLog([new UserHistory("u", [1], [1, 2])]));
        Assert.Throws<ArgumentException>(() => new InteractionLog([new UserHistory("u", [1, 2], [2, 1])]));
        Assert.Throws<ArgumentException>(() => new InteractionLog([new UserHistory("u", [1], [1]), new UserHistory("u", [2], [1])]));
    }

    [Fact]
    public void Row_order_between_users_and_times_does_not_matter()
    {
        var rows = new[] { "u,a,1", "u,b,2", "v,c,1", "v,d,9", "w,e,4", "u,f,3" };
        using var folder = new TemporaryFolder();
        string[] Describe(string[] order)
        {
            var log = InteractionLog.Load(folder.Write("i.csv", ["user_id,item_id,timestamp", .. order]), Letters);
            return [.. log.Users.Select(user => $"{user.UserId}:{string.Join(' ', user.Items)}")];
        }
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Shuffle(rows).ToArbitrary(), order => Describe(order).SequenceEqual(Describe(rows))));
    }
}
