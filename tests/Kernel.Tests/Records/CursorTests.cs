using FsCheck;
using FsCheck.Fluent;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Records;

/// <summary>Whatever the order and the size of a page, turning pages visits every row exactly once.</summary>
public sealed class CursorTests(Api api) : IClassFixture<Api>
{
    private const int Rows = 47;

    private const int Tries = 30;

    private static readonly string[] Sorts = ["createdAt", "updatedAt", "fullName", "email", "position", "rating", "stageEnteredAt"];

    [Fact]
    public async Task Cursor_pages_visit_every_row_exactly_once_and_in_order()
    {
        var tenant = await api.FoundAsync();
        await FillAsync(tenant);
        var orders = Gen.Elements(Sorts).Zip(ArbMap.Default.GeneratorFor<bool>()).NonEmptyListOf().Select(list => string.Join(',', list.DistinctBy(s => s.Item1).Take(3).Select(s => (s.Item2 ? "-" : "") + s.Item1)));
        foreach (var (sort, limit) in orders.Zip(Gen.Choose(1, 20)).Sample(10, Tries))
        {
            var all = await IdsAsync(tenant, $"sort={sort}&limit=200");
            var byCursor = await TurnAsync(tenant, sort, limit, cursors: true);
            var byNumber = await TurnAsync(tenant, sort, limit, cursors: false);

            Assert.Equal(Rows, all.Distinct().Count());
            Assert.True(all.SequenceEqual(byCursor), $"By cursor, sort={sort} limit={limit}");
            Assert.True(all.SequenceEqual(byNumber), $"By number, sort={sort} limit={limit}");
        }
    }

    [Fact]
    public async Task A_row_that_arrives_while_pages_are_turned_moves_none_of_the_others()
    {
        var tenant = await api.FoundAsync();
        await FillAsync(tenant);
        var before = await IdsAsync(tenant, "sort=fullName&limit=200");
        var first = (await tenant.Admin.Get("recruiting/candidates?sort=fullName&limit=10")).Must(200);
        await tenant.Admin.AddCandidateAsync("A newcomer at the top");

        var seen = first.Items.Select(row => row.GetProperty("id").GetGuid()).ToList();
        for (var cursor = first["nextCursor"].GetString(); cursor is not null;)
        {
            var page = (await tenant.Admin.Get($"recruiting/candidates?sort=fullName&limit=10&cursor={cursor}")).Must(200);
            seen.AddRange(page.Items.Select(row => row.GetProperty("id").GetGuid()));
            cursor = page["nextCursor"].GetString();
        }

        Assert.Equal(before, seen);
    }

    /// <summary>Few different values, many of them missing: ties and nulls are where paging breaks.</summary>
    private async Task FillAsync(TestTenant tenant)
    {
        var model = await tenant.Admin.AddCandidateAsync();
        await api.SqlAsync(
            """
            insert into recruiting.candidate (tenant_id, id, full_name, email, email_key, position, rating, stage_entered_at, created_at, updated_at, email_stem, name_key, status, skills, tags, do_not_hire, version)
            select c.tenant_id, gen_random_uuid(), (array['Ada', 'ada', 'Émile', 'Zoë'])[1 + n % 4], n || '@mail.test', n || '@mail.test',
              (array['Gaffer', null, 'Grip'])[1 + n % 3], n % 4, timestamptz '2026-03-01 10:00+00' + (n % 2) * interval '1 microsecond',
              timestamptz '2026-03-01 09:00+00' + (n % 5) * interval '1 second', timestamptz '2026-03-01 09:00+00', c.email_stem, c.name_key, c.status, c.skills, c.tags, c.do_not_hire, c.version
            from recruiting.candidate c, generate_series(1, $2) n where c.id = $1
            """,
            model.Id,
            Rows);
        await api.SqlAsync("delete from recruiting.candidate where id = $1", model.Id);
    }

    private static async Task<List<Guid>> TurnAsync(TestTenant tenant, string sort, int limit, bool cursors)
    {
        var seen = new List<Guid>();
        string? cursor = null;
        for (var number = 1; number <= Rows + 1; number++)
        {
            var page = (await tenant.Admin.Get($"recruiting/candidates?sort={sort}&limit={limit}&{(!cursors ? $"page={number}" : cursor is null ? "" : $"cursor={cursor}")}")).Must(200);
            Assert.Equal(Rows, page["total"].GetInt32());
            seen.AddRange(page.Items.Select(row => row.GetProperty("id").GetGuid()));
            cursor = page["nextCursor"].GetString();
            if (cursors ? cursor is null : page.Items.Count == 0)
            {
                break;
            }
        }

        return seen;
    }

    private static async Task<List<Guid>> IdsAsync(TestTenant tenant, string query) =>
        [.. (await tenant.Admin.Get("recruiting/candidates?" + query)).Must(200).Items.Select(row => row.GetProperty("id").GetGuid())];
}
