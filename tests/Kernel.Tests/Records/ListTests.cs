using Tessera.Testing;

namespace Tessera.Kernel.Tests.Records;

/// <summary>Filters, search, order and pages of a declared noun, shown on candidates.</summary>
public sealed class ListTests(Api api) : IClassFixture<Api>
{
    private const string Candidates = "recruiting/candidates";

    [Fact]
    public async Task Each_operator_of_a_filter_means_what_it_says()
    {
        var tenant = await api.FoundAsync();
        await AddAsync(tenant, new { fullName = "Ada", email = "ada@mail.test", position = "Sound engineer", rating = 3, skills = new[] { "mix", "foley" }, availabilityDate = "2026-04-01" });
        await AddAsync(tenant, new { fullName = "Bo", email = "bo@mail.test", rating = 0, status = "rejected" });
        await AddAsync(tenant, new { fullName = "Cy", email = "cy@mail.test", position = "Gaffer", rating = 2, doNotHire = true, skills = new[] { "grip" } });
        (string Query, string Expected)[] cases =
        [
            ("", "Ada Bo Cy"),
            ("rating=3", "Ada"), ("rating=0,2", "Bo Cy"), ("rating.in=0,2", "Bo Cy"), ("rating.ne=3", "Bo Cy"), ("rating.ne=3,0", "Cy"),
            ("rating.gt=2", "Ada"), ("rating.gte=2", "Ada Cy"), ("rating.lt=2", "Bo"), ("rating.lte=2", "Bo Cy"),
            ("position=Gaffer", "Cy"), ("position=gaffer", ""), ("position.contains=ENGIN", "Ada"), ("position.starts=gaf", "Cy"),
            ("position.null=true", "Bo"), ("position.null=false", "Ada Cy"), ("position.ne=Gaffer", "Ada Bo"),
            ("doNotHire=true", "Cy"), ("doNotHire.ne=true", "Ada Bo"), ("status=applied", "Ada Cy"), ("status=applied,rejected", "Ada Bo Cy"), ("status.ne=applied", "Bo"),
            ("skills=foley", "Ada"), ("skills=foley,grip", "Ada Cy"), ("skills=nothing", ""),
            ("availabilityDate=2026-04-01", "Ada"), ("availabilityDate.gt=2026-04-01", ""), ("availabilityDate.null=true", "Bo Cy"),
            ("search=gaff", "Cy"), ("search=MAIL.TEST", "Ada Bo Cy"), ("search=%25", ""), ("search=_", ""), ("search=%5C", ""), ("search=%20%20", "Ada Bo Cy"),
            ("rating.gte=2&doNotHire=false", "Ada"), ("createdAt.lt=2026-03-01", ""), ("createdAt.gte=2026-03-01T00:00:00Z", "Ada Bo Cy"),
            ("rating.gte=1&rating.lt=3", "Cy"),
        ];

        foreach (var (query, expected) in cases)
        {
            var page = (await tenant.Admin.Get($"{Candidates}?sort=fullName&{query}")).Must(200);
            Assert.Equal((query, expected), (query, string.Join(' ', page.Items.Select(row => row.GetProperty("fullName").GetString()))));
            Assert.Equal(page.Items.Count, page["total"].GetInt32());
        }
    }

    [Theory]
    [InlineData("%", "100% sure")]
    [InlineData("_", "snake_case")]
    [InlineData("\\", "back\\slash")]
    public async Task Signs_of_the_search_language_are_searched_for_like_letters(string sign, string name)
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync(name);
        await tenant.Admin.AddCandidateAsync("Ada");
        var text = Uri.EscapeDataString(sign);

        foreach (var path in (string[])[$"{Candidates}?search={text}", $"{Candidates}?fullName.contains={text}", $"{Candidates}/lookup?search={text}"])
        {
            Assert.Equal([name], (await tenant.Admin.Get(path)).Must(200).Items.Select(row => row.TryGetProperty("fullName", out var full) ? full.GetString() : row.GetProperty("name").GetString()));
        }
    }

    [Theory]
    [InlineData("rating=three", "rating")]
    [InlineData("rating=1,two", "rating")]
    [InlineData("rating=99999999999", "rating")]
    [InlineData("rating.contains=1", "rating.contains")]
    [InlineData("rating.like=1", "rating.like")]
    [InlineData("rating.=1", "rating.")]
    [InlineData("status=promoted", "status")]
    [InlineData("status=0", "status")]
    [InlineData("doNotHire=yes", "doNotHire")]
    [InlineData("position.null=maybe", "position.null")]
    [InlineData("createdAt.gte=yesterday", "createdAt.gte")]
    [InlineData("createdAt.gte=2026-02-30T00:00:00Z", "createdAt.gte")]
    [InlineData("availabilityDate=01.04.2026", "availabilityDate")]
    [InlineData("ownerId=12", "ownerId")]
    [InlineData("tenantId=7a0c2a86-7ab5-7e5f-9d9e-3a3d0e1f2a3b", "tenantId")]
    [InlineData("emailKey=a", "emailKey")]
    [InlineData("FullName=a", "FullName")]
    [InlineData("page=0", "page")]
    [InlineData("page=-1", "page")]
    [InlineData("page=x", "page")]
    [InlineData("page=99999999999999999999", "page")]
    [InlineData("page=1000&limit=200", "page")]
    [InlineData("limit=200&page=1000", "page")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=1.5", "limit")]
    [InlineData("sort=notes", "sort")]
    [InlineData("sort=--fullName;drop", "sort")]
    [InlineData("sort=,", "sort")]
    [InlineData("sort=fullName,email,position,rating,createdAt", "sort")]
    [InlineData("trash=yes", "trash")]
    [InlineData("cursor=garbage!", "cursor")]
    [InlineData("cursor=W10", "cursor")]
    [InlineData("search=a%00b", "search")]
    [InlineData("position=%00", "position")]
    public async Task A_parameter_that_is_not_understood_is_refused_by_its_name(string query, string fault)
    {
        var tenant = await api.FoundAsync();

        Assert.Equal([fault], (await tenant.Admin.Get($"{Candidates}?{query}")).Must(400, "validation_failed").Faults);
    }

    [Fact]
    public async Task A_search_text_has_a_greatest_length()
    {
        var tenant = await api.FoundAsync();

        (await tenant.Admin.Get($"{Candidates}?search={new string('a', 200)}")).Must(200);
        Assert.Equal(["search"], (await tenant.Admin.Get($"{Candidates}?search={new string('a', 201)}")).Must(400).Faults);
    }

    [Fact]
    public async Task The_latest_comes_first_and_names_sort_as_people_expect()
    {
        var tenant = await api.FoundAsync();
        foreach (var name in (string[])["Zoë", "ada", "Émile", "Bo", "Élodie", "adam"])
        {
            await tenant.Admin.AddCandidateAsync(name);
        }

        Assert.Equal(["adam", "Élodie", "Bo", "Émile", "ada", "Zoë"], await NamesAsync(tenant, ""));
        Assert.Equal(["ada", "adam", "Bo", "Élodie", "Émile", "Zoë"], await NamesAsync(tenant, "?sort=fullName"));
        Assert.Equal(["Zoë", "Émile", "Élodie", "Bo", "adam", "ada"], await NamesAsync(tenant, "?sort=-fullName"));
    }

    [Fact]
    public async Task Pages_tell_their_number_their_limit_and_the_total()
    {
        var tenant = await api.FoundAsync();
        for (var i = 0; i < 5; i++)
        {
            await tenant.Admin.AddCandidateAsync();
        }

        var second = (await tenant.Admin.Get($"{Candidates}?page=2&limit=2")).Must(200);
        Assert.Equal((2, 2, 5, true, 2), (second["page"].GetInt32(), second["limit"].GetInt32(), second["total"].GetInt32(), second["totalIsExact"].GetBoolean(), second.Items.Count));
        var last = (await tenant.Admin.Get($"{Candidates}?page=3&limit=2")).Must(200);
        Assert.Equal((1, System.Text.Json.JsonValueKind.Null), (last.Items.Count, last["nextCursor"].ValueKind));
        var beyond = (await tenant.Admin.Get($"{Candidates}?page=9&limit=2")).Must(200);
        Assert.Equal((0, 5), (beyond.Items.Count, beyond["total"].GetInt32()));
    }

    [Fact]
    public async Task A_cursor_of_another_order_is_refused()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync();
        await tenant.Admin.AddCandidateAsync();
        var cursor = (await tenant.Admin.Get($"{Candidates}?sort=fullName&limit=1")).Must(200)["nextCursor"].GetString();

        (await tenant.Admin.Get($"{Candidates}?sort=fullName&limit=1&cursor={cursor}")).Must(200);
        Assert.Equal(["cursor"], (await tenant.Admin.Get($"{Candidates}?sort=-fullName&limit=1&cursor={cursor}")).Must(400, "validation_failed").Faults);
        Assert.Equal(["cursor"], (await tenant.Admin.Get($"{Candidates}?limit=1&cursor={cursor}")).Must(400, "validation_failed").Faults);
    }

    [Theory]
    [InlineData("""["+fullName",{"a":1},"7a0c2a86-7ab5-7e5f-9d9e-3a3d0e1f2a3b"]""")]
    [InlineData("""["+fullName",12,"7a0c2a86-7ab5-7e5f-9d9e-3a3d0e1f2a3b"]""")]
    [InlineData("""["+fullName","a",12]""")]
    [InlineData("""["+fullName","a","x"]""")]
    [InlineData("""["+fullName","a"]""")]
    [InlineData("""[null,"a","7a0c2a86-7ab5-7e5f-9d9e-3a3d0e1f2a3b"]""")]
    [InlineData("""["+fullName","a\u0000b","7a0c2a86-7ab5-7e5f-9d9e-3a3d0e1f2a3b"]""")]
    [InlineData("""{}""")]
    [InlineData("""[""")]
    public async Task A_forged_cursor_is_refused(string cursor)
    {
        var tenant = await api.FoundAsync();
        var text = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(cursor));

        Assert.Equal(["cursor"], (await tenant.Admin.Get($"{Candidates}?sort=fullName&cursor={text}")).Must(400, "validation_failed").Faults);
    }

    private static async Task AddAsync(TestTenant tenant, object body) => (await tenant.Admin.Post(Candidates, body)).Must(201);

    private static async Task<IEnumerable<string?>> NamesAsync(TestTenant tenant, string query) =>
        (await tenant.Admin.Get(Candidates + query)).Must(200).Items.Select(row => row.GetProperty("fullName").GetString());
}
