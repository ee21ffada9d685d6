using Tessera.Kernel.Records;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Records;

/// <summary>Searches compare without accents and case; the product and the database must spell text alike for that.</summary>
public sealed class SearchTextTests(Api api) : IClassFixture<Api>
{
    private const string Candidates = "recruiting/candidates";

    [Theory]
    [InlineData("MÜLLER", "muller")]
    [InlineData("Straße", "strasse")]
    [InlineData("Łódź", "lodz")]
    [InlineData("Ærø", "aero")]
    [InlineData("İstanbul Kadıköy", "istanbul kadikoy")]
    [InlineData("ΟΔΥΣΣΕΥΣ", "οδυσσευσ")]
    [InlineData("ﬁnance ＡＢＣ", "finance abc")]
    [InlineData("Ёлка", "елка")]
    [InlineData("100%_sure\\", "100%_sure\\")]
    public async Task Text_is_compared_without_accents_case_and_forms(string text, string expected)
    {
        Assert.Equal(expected, SearchText.Fold(text));
        Assert.Equal(expected, await api.SqlAsync("select kernel.folded($1)", text));
    }

    [Fact]
    public async Task Product_and_database_fold_every_letter_of_living_alphabets_alike()
    {
        // Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Devanagari, Georgian, kana, Hangul and full-width forms.
        (int From, int To)[] blocks = [(0x20, 0x58F), (0x590, 0x6FF), (0x900, 0x97F), (0x10D0, 0x10FF), (0x1E00, 0x1FFF), (0x3040, 0x30FF), (0xAC00, 0xACFF), (0xFB00, 0xFB06), (0xFF01, 0xFF5E)];
        var letters = blocks.SelectMany(b => Enumerable.Range(b.From, b.To - b.From + 1)).Select(c => ((char)c).ToString()).Where(c => char.IsLetter(c[0])).ToArray();

        var folded = (string[])(await api.SqlAsync("select array_agg(kernel.folded(letter) order by n) from unnest($1) with ordinality as l (letter, n)", (object)letters))!;

        Assert.Equal(letters.Length, folded.Length);
        Assert.Empty(letters.Zip(folded).Where(pair => SearchText.Fold(pair.First) != pair.Second).Select(pair => $"U+{(int)pair.First[0]:X4} {pair.First}: {SearchText.Fold(pair.First)} and {pair.Second}"));
    }

    [Theory]
    [InlineData("muller", 1)]
    [InlineData("MÜLLER", 1)]
    [InlineData("strass", 1)]
    [InlineData("ünal", 1)]
    [InlineData("jürgen.m", 1)]
    [InlineData("%", 0)]
    public async Task A_candidate_is_found_by_any_part_of_name_address_or_position_however_accented(string search, int expected)
    {
        var tenant = await api.FoundAsync();
        (await tenant.Admin.Post(Candidates, new { fullName = "Jürgen Müller-Unal", email = "jurgen.m@search.test", position = "Straßenbauer" })).Must(201);
        (await tenant.Admin.Post(Candidates, new { fullName = "Somebody Else", email = "else@search.test", position = "Clerk" })).Must(201);

        var found = (await tenant.Admin.Get($"{Candidates}?search={Uri.EscapeDataString(search)}")).Must(200);

        Assert.Equal(expected, found["total"].GetInt32());
        Assert.Equal(expected, found.Items.Count);
        var filtered = (await tenant.Admin.Get($"{Candidates}?search={Uri.EscapeDataString(search)}&status=applied")).Must(200);
        Assert.Equal(expected, filtered["total"].GetInt32());
    }

    [Theory]
    [InlineData("nobody", 0, 1)]
    [InlineData("person 07", 10, 2)]
    [InlineData("crowd.test", 700, 2)]
    public async Task The_first_page_of_a_search_is_sorted_and_counted_whether_it_finds_few_or_many(string search, int expected, int statements)
    {
        var tenant = await api.FoundAsync();
        await api.SqlAsync(
            """
            insert into recruiting.candidate (tenant_id, id, full_name, email, email_key, stage_entered_at, created_at, updated_at, email_stem, name_key, status, skills, tags, rating, do_not_hire, version)
            select $1, gen_random_uuid(), 'Person ' || to_char(n, 'FM000'), n || '@crowd.test', n || '@crowd.test', now(), now(), now(), '', '', 'applied', '{}', '{}', 0, false, 1
            from generate_series(0, 699) n
            """,
            tenant.Id);

        foreach (var (sort, descending) in new[] { ("fullName", false), ("-fullName", true) })
        {
            Answer? page = null;
            var sent = await api.Statements.DuringAsync(async () => page = (await tenant.Admin.Get($"{Candidates}?search={Uri.EscapeDataString(search)}&sort={sort}&limit=7")).Must(200));

            var names = page!.Items.Select(item => item.GetProperty("fullName").GetString()!).ToArray();
            Assert.Equal((expected, Math.Min(expected, 7)), (page["total"].GetInt32(), names.Length));
            Assert.Equal(descending ? names.OrderDescending(StringComparer.Ordinal) : names.Order(StringComparer.Ordinal), names);
            Assert.True(sent.Count <= statements, string.Join("\n\n", sent));
            var second = (await tenant.Admin.Get($"{Candidates}?search={Uri.EscapeDataString(search)}&sort={sort}&limit=7&page=2")).Must(200);
            Assert.Equal((expected, Math.Clamp(expected - 7, 0, 7)), (second["total"].GetInt32(), second.Items.Count));
            Assert.DoesNotContain(second.Items, item => names.Contains(item.GetProperty("fullName").GetString()));
        }
    }

    [Fact]
    public async Task Calls_which_keep_no_search_text_are_found_as_well()
    {
        var tenant = await api.FoundAsync();
        (await tenant.Admin.Post("recruiting/calls", new { callerName = "Zoë Łukasz", callerNumber = "+49301234567", callType = "inbound", status = "answered", durationSecs = 5 })).Must(201);

        Assert.Equal(1, (await tenant.Admin.Get("recruiting/calls?search=zoe%20lukasz")).Must(200)["total"].GetInt32());
        Assert.Equal(1, (await tenant.Admin.Get("recruiting/calls?callerName.starts=ZOE")).Must(200)["total"].GetInt32());
        Assert.Equal(0, (await tenant.Admin.Get("recruiting/calls?callerName.starts=Lukasz")).Must(200)["total"].GetInt32());
    }

    [Fact]
    public async Task A_picker_finds_by_name_and_by_address_only_for_those_who_may_read_it()
    {
        var tenant = await api.FoundAsync();
        (await tenant.Admin.Post(Candidates, new { fullName = "Renée Öberg", email = "hidden.address@search.test" })).Must(201);

        var agent = await tenant.AddAsync("agent");
        Assert.Single((await agent.Get($"{Candidates}/lookup?search=renee%20ob")).Must(200).Items);
        Assert.Empty((await agent.Get($"{Candidates}/lookup?search=hidden")).Must(200).Items);
        Assert.Single((await tenant.Admin.Get($"{Candidates}/lookup?search=hidden")).Must(200).Items);
    }

    [Fact]
    public async Task What_is_found_follows_a_change_and_the_trash()
    {
        var tenant = await api.FoundAsync();
        var created = (await tenant.Admin.Post(Candidates, new { fullName = "Before Change", email = "change@search.test" })).Must(201);

        (await tenant.Admin.Patch($"{Candidates}/{created.Id}", new { fullName = "Áfter Change" }, version: 1)).Must(200);
        Assert.Equal(0, (await tenant.Admin.Get($"{Candidates}?search=before")).Must(200)["total"].GetInt32());
        Assert.Equal(1, (await tenant.Admin.Get($"{Candidates}?search=after")).Must(200)["total"].GetInt32());

        (await tenant.Admin.Delete($"{Candidates}/{created.Id}")).Must(204);
        Assert.Equal(0, (await tenant.Admin.Get($"{Candidates}?search=after")).Must(200)["total"].GetInt32());
        Assert.Equal(1, (await tenant.Admin.Get($"{Candidates}?search=after&trash=true")).Must(200)["total"].GetInt32());
    }

    [Fact]
    public async Task The_longest_texts_fit_into_the_index()
    {
        var tenant = await api.FoundAsync();
        var wide = string.Concat(Enumerable.Repeat("𝔘𠀀", 50));

        (await tenant.Admin.Post(Candidates, new { fullName = "𠀀" + new string('é', 190), email = new string('x', 60) + "@search.test", position = wide })).Must(201);

        Assert.Equal(1, (await tenant.Admin.Get($"{Candidates}?search={Uri.EscapeDataString("U𠀀")}")).Must(200)["total"].GetInt32());
    }
}
