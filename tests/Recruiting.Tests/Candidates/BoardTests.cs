using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Recruiting.Tests.Candidates;

public sealed class BoardTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task The_board_has_every_stage_with_its_count_and_first_rows_in_order()
    {
        var admin = (await api.FoundAsync()).Admin;
        foreach (var name in new[] { "Delia", "Anton", "Cora", "Bela" })
        {
            await admin.AddCandidateAsync(name);
        }

        var moved = await admin.AddCandidateAsync("Zora");
        (await admin.Post($"recruiting/candidates/{moved.Id}/move", new { status = "screening" })).Must(200);

        var columns = (await admin.Get("recruiting/candidates/board?sort=fullName&limit=2")).Must(200)["columns"].EnumerateArray().ToArray();

        Assert.Equal(["applied", "screening", "interviewed", "hired", "rejected"], columns.Select(c => c.GetProperty("key").GetString()));
        Assert.Equal([4, 1, 0, 0, 0], columns.Select(c => c.GetProperty("count").GetInt32()));
        Assert.Equal(["Anton", "Bela"], Names(columns[0]));
        Assert.Equal(["Zora"], Names(columns[1]));
    }

    [Fact]
    public async Task The_board_understands_the_search_and_filters_of_the_list()
    {
        var admin = (await api.FoundAsync()).Admin;
        await admin.AddCandidateAsync("Anna Becker");
        await admin.AddCandidateAsync("Bruno Costa");

        var found = (await admin.Get("recruiting/candidates/board?search=becker&rating=0&status=applied,screening")).Must(200)["columns"].EnumerateArray().ToArray();

        Assert.Equal(1, found.Sum(c => c.GetProperty("count").GetInt32()));
        Assert.Equal(["Anna Becker"], Names(found[0]));
        (await admin.Get("recruiting/candidates/board?page=2")).Must(400, "validation_failed");
        (await admin.Get("recruiting/candidates/board?trash=true")).Must(400, "validation_failed");
        (await admin.Get("recruiting/candidates/board?colour=red")).Must(400, "validation_failed");
    }

    [Fact]
    public async Task An_empty_workspace_has_empty_stages_and_no_stranger_sees_them()
    {
        var tenant = await api.FoundAsync();

        Assert.All((await tenant.Admin.Get("recruiting/candidates/board")).Must(200)["columns"].EnumerateArray(), c => Assert.Equal(0, c.GetProperty("count").GetInt32()));
        (await (await tenant.AddAsync("agent")).Get("recruiting/candidates/board")).Must(403);
    }

    private static IEnumerable<string?> Names(JsonElement column) => column.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("fullName").GetString());
}
