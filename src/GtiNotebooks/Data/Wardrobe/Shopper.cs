namespace GtiNotebooks.Data;

/// <summary>One purchase: which garment, and when (seconds from the start of the first day).</summary>
internal readonly record struct Purchase(int Garment, long Second);

/// <summary>Why a shopper buys: to go with the last garment, more of the same, by taste alone, or for no reason one could know.</summary>
internal enum Intent { Complement, SameAgain, Taste, Gift }

/// <summary>A taste: a factor for each value of each attribute, drawn once and drifting a little.</summary>
internal sealed class Taste
{
    private readonly double[] _style = [.. Enumerable.Repeat(0.15, 7)];
    private readonly double[] _family = [.. Enumerable.Repeat(0.6, 8)];
    private readonly double[] _brand = [.. Enumerable.Repeat(0.5, Brand.All.Length)];
    private readonly double _dresses;
    private readonly double _plain;
    private readonly double _priceLevel;
    private readonly Style _main, _second;

    public Taste(SplitMix64 random)
    {
        _main = (Style)random.Below(7);
        _second = (Style)random.Below(7);
        _style[(int)_second] = 1.2;
        _style[(int)_main] = 4;
        for (var i = 0; i < 2; i++)
        {
            _family[random.Below(8)] = 3;
        }
        _family[random.Below(8)] = 0.15;
        var brands = Brand.All.Select(brand => brand.Main == _main ? 4.0 : brand.Second == _main || brand.Main == _second ? 1.5 : 0.2).ToArray();
        for (var i = 0; i < 2; i++)
        {
            _brand[random.PickIndex(brands)] = 3;
        }
        _dresses = random.Pick([0.05, 0.6, 2.5]);
        _plain = random.Pick([0.4, 1.0, 2.0]);
        _priceLevel = random.Between(1, 4);
    }

    /// <summary>Moves on: what came second now comes first.</summary>
    public void Drift() => (_style[(int)_main], _style[(int)_second]) = (1.2, 4);

    /// <summary>How much this garment is to the taste; 0 to about 100.</summary>
    public double Of(Garment garment)
    {
        var slot = garment.Category.Slot == Slot.OnePiece || garment.Category.Name == "skirt" ? _dresses : 1;
        var price = 1 / (1 + Math.Abs(garment.Brand.PriceLevel - _priceLevel) / 2);
        var pattern = garment.Pattern == "plain" ? _plain : 1;
        return _style[(int)garment.Style] * _family[(int)garment.Colour.Family] * _brand[garment.Brand.Index] * slot * price * pattern;
    }
}

/// <summary>Lets a shopper buy: a taste, what goes with the last garment, the season, the fashion of the half-year, and chance.</summary>
internal sealed class Shopper(Garment[] garments, int days, SplitMix64 random)
{
    private const long Day = 24 * 60 * 60;

    // The colour of each half-year.
    private static readonly Family[] Fashion = [Family.Green, Family.Purple, Family.Red, Family.Yellow];

    private readonly Taste _taste = new(random);
    private readonly bool _drifts = random.Chance(0.3);
    private double[] _liking = [];

    /// <summary>Buys 5 to 14 garments over a stretch of the two years.</summary>
    public Purchase[] Shop()
    {
        var count = 5 + Math.Min(random.Below(10), random.Below(10));
        var intents = new Intent[count];
        for (var i = 0; i < count; i++)
        {
            intents[i] = i == 0 ? Intent.Taste : (Intent)random.PickIndex([0.48, 0.2, 0.22, 0.1]);
        }
        var times = Times(intents);
        var bought = new Purchase[count];
        _liking = Array.ConvertAll(garments, _taste.Of);
        for (var i = 0; i < count; i++)
        {
            if (_drifts && i == count / 2)
            {
                _taste.Drift();
                _liking = Array.ConvertAll(garments, _taste.Of);
            }
            bought[i] = new Purchase(Choose(intents[i], bought.AsSpan(0, i), (int)(times[i] / Day)), times[i]);
        }
        return bought;
    }

    /// <summary>What goes with the last garment is bought within two days; otherwise one to six weeks pass. Always in order.</summary>
    private long[] Times(Intent[] intents)
    {
        var times = new long[intents.Length];
        for (var i = 1; i < intents.Length; i++)
        {
            var gap = intents[i] == Intent.Complement ? random.Between(600, (int)(2 * Day)) : random.Between((int)(7 * Day), (int)(42 * Day));
            times[i] = times[i - 1] + gap;
        }
        // A good part of the shoppers are still there at the end, where the newest garments are.
        var at = random.Chance(0.3) ? 1 - 0.1 * random.NextDouble() : random.NextDouble();
        var start = (long)(at * (days * Day - times[^1] - 1));
        return Array.ConvertAll(times, time => start + time);
    }

    private int Choose(Intent intent, ReadOnlySpan<Purchase> before, int day)
    {
        var weights = new double[garments.Length];
        for (var i = 0; i < garments.Length; i++)
        {
            if (garments[i].LaunchDay <= day)
            {
                weights[i] = intent == Intent.Gift ? 1 : _liking[i] * Weight(intent, garments[i], before, day);
            }
        }
        foreach (var purchase in before)
        {
            weights[purchase.Garment] *= 0.02; // hardly anybody buys the same garment twice
        }
        return random.PickIndex(weights);
    }

    private double Weight(Intent intent, Garment garment, ReadOnlySpan<Purchase> before, int day)
    {
        var weight = garment.Appeal * InSeason(garment.Season, day);
        weight *= garment.Colour.Family == Fashion[Math.Min(3, day * 4 / days)] ? 2 : 1;
        weight *= garment.LaunchDay > 0 && day - garment.LaunchDay < 30 ? 5 : 1; // news sells
        if (before.IsEmpty)
        {
            return weight;
        }
        var last = garments[before[^1].Garment];
        return intent switch
        {
            Intent.Complement => weight * GoesWith(last, garment),
            Intent.SameAgain => weight * (garment.Category == last.Category ? 12 : 0.1) * (garment.Brand == last.Brand ? 2.5 : 1) * (garment.Cut == last.Cut ? 2 : 1),
            _ => weight,
        };
    }

    private static double GoesWith(Garment last, Garment next)
    {
        var slot = WardrobeWords.NextSlot[(int)last.Category.Slot][(int)next.Category.Slot];
        var colour = WardrobeWords.Harmony[(int)last.Colour.Family][(int)next.Colour.Family];
        var season = last.Season == next.Season || last.Season == Season.AllYear || next.Season == Season.AllYear ? 2 : 0.5;
        var patterns = last.Pattern != "plain" && next.Pattern != "plain" ? 0.3 : 1; // never two patterns at once
        return slot * slot * colour * colour * colour * season * patterns * (last.Style == next.Style ? 2.5 : 0.7);
    }

    /// <summary>How much the time of the year calls for a garment: 0.25 to 2.5.</summary>
    private static double InSeason(Season season, int day)
    {
        if (season == Season.AllYear)
        {
            return 1;
        }
        // Middle of spring, summer, autumn, winter as days of a year; the distance goes round the year.
        var middle = 105 + 91 * ((int)season - 1);
        var apart = Math.Abs((day % 365) - middle) % 365;
        return Math.Min(apart, 365 - apart) switch { < 46 => 2.5, < 91 => 1, _ => 0.25 };
    }
}
