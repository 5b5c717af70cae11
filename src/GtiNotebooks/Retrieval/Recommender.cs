using GtiNotebooks.Data;
using GtiNotebooks.SemanticIds;
using GtiNotebooks.Text;
using GtiNotebooks.Training;
using GtiNotebooks.Vocabulary;

namespace GtiNotebooks.Retrieval;

/// <summary>
/// Recommends: item ids of a history in, ranked items with titles, Semantic IDs and scores out.
/// <list type="bullet">
/// <item><b>Length of the list</b>: as many items as asked for, or all there are. Items that share a Semantic ID are all listed, at one score,
/// in the catalogue's order; only the end of the list may cut through them.</item>
/// <item><b>Seen items</b> are recommended again unless <see cref="SeenItems.Exclude"/> is asked for; the search is then wider by as many IDs as
/// the history has, so that the list does not become shorter.</item>
/// <item><b>Long histories</b>: the model is shown the latest <see cref="RecommenderOptions.MaxHistory"/> known items.</item>
/// <item><b>Unknown items</b> in a history are an error that names them, or are skipped and reported, see <see cref="UnknownItems"/>.</item>
/// <item><b>No history</b> (a cold user, or none of the items is known): the model has never been trained on an empty history, so
/// <see cref="RecommenderOptions.ColdStartRanking"/> answers, without scores; without one, such a user is an error.</item>
/// </list>
/// </summary>
/// <remarks>
/// A recommender changes nothing, and several threads may ask at once, as long as none trains the model or disposes it. The model
/// belongs to the caller.
/// </remarks>
public sealed class Recommender
{
    private readonly VocabularyExtension extension;
    private readonly Catalogue catalogue;
    private readonly PromptEncoder encoder;
    private readonly RecommenderOptions options;
    private readonly PrefixTrie trie;
    private readonly int[] coldStart;
    private readonly IReadOnlyDictionary<int, IReadOnlyList<int>> sharing;

    /// <summary>Prepares a recommender.</summary>
    /// <param name="extension">The extended, fine-tuned model.</param>
    /// <param name="catalogue">The items, in the order in which the Semantic IDs were given.</param>
    /// <param name="encoder">The encoder that the model was fine-tuned with.</param>
    /// <param name="options">How it works.</param>
    /// <exception cref="ArgumentException">Catalogue and Semantic IDs differ in number, the encoder does not know the new tokens, a number is
    /// below 1, or the cold-start ranking names an item that is unknown or there twice.</exception>
    public Recommender(VocabularyExtension extension, Catalogue catalogue, PromptEncoder encoder, RecommenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(options);
        if (catalogue.Count != extension.Ids.ItemCount)
            throw new ArgumentException($"The catalogue has {catalogue.Count} items, the model has Semantic IDs for {extension.Ids.ItemCount}", nameof(catalogue));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxHistory, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BeamWidth, 1, nameof(options));
        (this.extension, this.catalogue, this.encoder, this.options) = (extension, catalogue, encoder, options);
        RequireNewTokens();
        trie = PrefixTrie.Build(extension);
        coldStart = Positions(options.ColdStartRanking ?? []);
        sharing = extension.Ids.Collisions.SelectMany(group => group.Select(item => (item, group))).ToDictionary(x => x.item, x => x.group);
    }

    /// <summary>Recommends to one user.</summary>
    /// <param name="historyItemIds">The user's items, oldest first, by <see cref="Item.Id"/>.</param>
    /// <param name="request">What is wanted.</param>
    /// <returns>The items, best first: <see cref="RecommendationRequest.Count"/>, or all that may be recommended where there are fewer; a
    /// cold-start list ends where the ranking ends.</returns>
    /// <exception cref="ArgumentException">As <see cref="RecommendAll"/>.</exception>
    public RecommendationList Recommend(IReadOnlyList<string> historyItemIds, RecommendationRequest request) =>
        RecommendAll([historyItemIds], request)[0];

    /// <summary>Recommends to many users at once, which is faster than one by one.</summary>
    /// <param name="histories">The items of each user, oldest first, by <see cref="Item.Id"/>.</param>
    /// <param name="request">What is wanted for each of them.</param>
    /// <param name="cancellation">Stops before the next batch.</param>
    /// <returns>A list for each user, in their order; as <see cref="Recommend"/> would give it.</returns>
    /// <exception cref="ArgumentException">A history names unknown items and they are to be rejected; a history has no known item and there
    /// is no cold-start ranking; fewer than 1 item is wanted; or a prompt is longer than the encoder's limit.</exception>
    public IReadOnlyList<RecommendationList> RecommendAll(
        IReadOnlyList<IReadOnlyList<string>> histories, RecommendationRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Count, 1, nameof(request));
        var known = histories.Select((history, user) => Read(history, user, request.UnknownItems)).ToArray();
        var lists = new RecommendationList[known.Length];
        // The width is a matter of the user alone, so that a list does not depend on who else is asked for.
        foreach (var group in Enumerable.Range(0, known.Length).GroupBy(user => Width(known[user], request)))
        {
            var users = group.ToArray();
            var ranked = group.Key == 0 ? [] : Ranked(Array.ConvertAll(users, user => known[user]), group.Key, cancellation);
            for (var i = 0; i < users.Length; i++)
                lists[users[i]] = group.Key == 0 ? FromColdStart(known[users[i]], request) : FromModel(known[users[i]], ranked[i], request);
        }

        return lists;
    }

    private KnownHistory Read(IReadOnlyList<string> history, int user, UnknownItems policy)
    {
        ArgumentNullException.ThrowIfNull(history);
        var known = KnownHistory.Read(history, catalogue);
        if (policy == UnknownItems.Reject && known.Unknown.Count > 0)
        {
            throw new ArgumentException(
                $"History {user} names items that the catalogue of {catalogue.Count} does not know: {string.Join(", ", known.Unknown)}. " +
                $"{nameof(UnknownItems)}.{nameof(UnknownItems.Skip)} reads a history without them.", nameof(history));
        }

        return known.Items.Count > 0 || coldStart.Length > 0
            ? known
            : throw new ArgumentException(
                $"History {user} has no item that the catalogue knows, and the model cannot recommend from nothing: " +
                $"give {nameof(RecommenderOptions)}.{nameof(RecommenderOptions.ColdStartRanking)} for such users", nameof(history));
    }

    /// <summary>The beam width a user needs; 0 where the model is not asked.</summary>
    private int Width(KnownHistory history, RecommendationRequest request) => history.Items.Count == 0
        ? 0
        : Math.Max(options.BeamWidth, (int)Math.Min(trie.LeafCount, (long)request.Count + history.Excluded(request.SeenItems).Count));

    private IReadOnlyList<IReadOnlyList<BeamHypothesis>> Ranked(KnownHistory[] histories, int width, CancellationToken cancellation)
    {
        var search = new ConstrainedBeamSearch(extension.Model, trie, width, options.Normalisation);
        var prompts = Array.ConvertAll(histories, history => NextItemPrompts.Query(encoder, extension.Ids, history.Latest(options.MaxHistory)));
        return search.Search(prompts, width, cancellation: cancellation);
    }

    private RecommendationList FromModel(KnownHistory history, IReadOnlyList<BeamHypothesis> ranked, RecommendationRequest request)
    {
        var excluded = history.Excluded(request.SeenItems);
        var recommendations = ranked.SelectMany(id => id.Items.Select(item => (Item: item, Score: (double?)id.LogProbability)))
            .Where(x => !excluded.Contains(x.Item)).Take(request.Count).Select((x, place) => Recommendation(x.Item, place, x.Score));
        var used = history.Latest(options.MaxHistory).Select(item => catalogue[item]);
        return new RecommendationList([.. recommendations], RecommendationSource.Model, [.. used], history.Unknown);
    }

    private RecommendationList FromColdStart(KnownHistory history, RecommendationRequest request) => new(
        [.. coldStart.Take(request.Count).Select((item, place) => Recommendation(item, place, score: null))],
        RecommendationSource.ColdStart, [], history.Unknown);

    private Recommendation Recommendation(int item, int place, double? score)
    {
        var others = sharing.TryGetValue(item, out var group) ? group.Where(other => other != item).Select(other => catalogue[other]) : [];
        return new Recommendation(place + 1, catalogue[item], extension.Ids.TextOf(item), score, [.. others]);
    }

    private int[] Positions(IReadOnlyList<string> ranking)
    {
        if (ranking.FirstOrDefault(id => !catalogue.TryIndexOf(id, out _)) is { } unknown)
            throw new ArgumentException($"The cold-start ranking names the item '{unknown}', which the catalogue does not know", nameof(ranking));
        var twice = ranking.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? [.. ranking.Select(catalogue.IndexOf)]
            : throw new ArgumentException($"The cold-start ranking names the item '{twice.Key}' {twice.Count()} times", nameof(ranking));
    }

    // Another tokenizer would spell the IDs letter by letter, and the model would answer nonsense without complaint.
    private void RequireNewTokens()
    {
        var query = NextItemPrompts.Query(encoder, extension.Ids, [0]);
        if (extension.Ids.TokensOf(0).FirstOrDefault(token => !query.Contains(extension.TokenIds[token]), -1) is >= 0 and var token)
        {
            throw new ArgumentException(
                $"The encoder does not know the token {extension.Ids.Tokens[token].Text}; make it with the extension's tokenizer", nameof(encoder));
        }
    }
}
