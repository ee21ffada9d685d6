using Tessera.Testing;

namespace Tessera.Recruiting.Tests.Merging;

public sealed class DuplicateTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task The_same_mailbox_phone_and_name_are_found_with_reasons_and_the_surest_first()
    {
        var tenant = await api.FoundAsync();
        var admin = tenant.Admin;
        var anna = await admin.AddCandidateAsync("Anna Becker-Lund", "anna.becker@mail.test", "+49 30 1234567");
        var mailbox = await admin.AddCandidateAsync("Zoe Quist", "annabecker+jobs@mail.test");
        var phone = await admin.AddCandidateAsync("Ulf Prim", "ulf@mail.test", "030 1234567");
        var name = await admin.AddCandidateAsync("Ana Becker-Lund", "ana@other.test");
        var all = await admin.AddCandidateAsync("Anna Becker-Lund", "anna.becker+2@mail.test", "0049 30 1234567");
        await admin.AddCandidateAsync("Somebody Else", "else@mail.test", "+49 30 7654321");

        var found = (await admin.Get($"recruiting/candidates/{anna.Id}/duplicates")).Must(200).Items;

        Assert.Equal(all.Id, found[0].GetProperty("candidate").GetProperty("id").GetGuid());
        Assert.Equal(["email", "phone", "name"], found[0].GetProperty("reasons").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal(
            [all.Id, mailbox.Id, phone.Id, name.Id],
            found.Select(f => f.GetProperty("candidate").GetProperty("id").GetGuid()));
        Assert.All(found, f => Assert.InRange(f.GetProperty("score").GetDouble(), 0.3, 1));
        var scores = found.Select(f => f.GetProperty("score").GetDouble()).ToArray();
        Assert.Equal(scores.OrderDescending(), scores);
    }

    [Fact]
    public async Task Pairs_are_listed_once_each_in_pages()
    {
        var tenant = await api.FoundAsync();
        var admin = tenant.Admin;
        foreach (var (one, other) in new[] { ("Ada Bauer", "Piotr Zhang"), ("Milo Quirk", "Kavya Jensen"), ("Tove Hadley", "Rune Egli") })
        {
            var mailbox = Guid.CreateVersion7().ToString("N");
            await admin.AddCandidateAsync(one, $"{mailbox}@mail.test");
            await admin.AddCandidateAsync(other, $"{mailbox}+x@mail.test");
        }

        var first = (await admin.Get("recruiting/candidates/duplicates?limit=2")).Must(200);
        var second = (await admin.Get("recruiting/candidates/duplicates?limit=2&page=2")).Must(200);

        Assert.Equal(3, first["total"].GetInt32());
        Assert.Equal(2, first.Items.Count);
        Assert.Single(second.Items);
        Assert.Equal(3, first.Items.Concat(second.Items).Select(p => p.GetProperty("first").GetProperty("id").GetGuid()).Distinct().Count());
    }

    [Fact]
    public async Task Names_in_other_order_or_with_a_slip_pair_up()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync("Ilse Wagenknecht", "ilse@mail.test");
        await tenant.Admin.AddCandidateAsync("Wagenknecht, Ilse", "iw@work.test");
        await tenant.Admin.AddCandidateAsync("Günther Öztürk", "g@mail.test");
        await tenant.Admin.AddCandidateAsync("Günter Öztürk", "go@work.test");

        var pairs = (await tenant.Admin.Get("recruiting/candidates/duplicates")).Must(200).Items;

        Assert.Equal(2, pairs.Count);
        Assert.All(pairs, p => Assert.Equal(["name"], p.GetProperty("reasons").EnumerateArray().Select(r => r.GetString())));
    }

    [Fact]
    public async Task Another_workspace_and_the_trash_have_no_duplicates_here()
    {
        var (here, there) = (await api.FoundAsync(), await api.FoundAsync());
        var anna = await here.Admin.AddCandidateAsync("Anna Becker", "anna@mail.test");
        await there.Admin.AddCandidateAsync("Anna Becker", "anna@mail.test");
        var trashed = await here.Admin.AddCandidateAsync("Anna Becker", "anna+1@mail.test");
        (await here.Admin.Delete($"recruiting/candidates/{trashed.Id}")).Must(204);

        Assert.Empty((await here.Admin.Get($"recruiting/candidates/{anna.Id}/duplicates")).Must(200).Items);
        Assert.Empty((await here.Admin.Get("recruiting/candidates/duplicates")).Must(200).Items);
        (await there.Admin.Get($"recruiting/candidates/{anna.Id}/duplicates")).Must(404, "not_found");
    }

    [Fact]
    public async Task Without_the_candidates_page_nobody_sees_duplicates()
    {
        var tenant = await api.FoundAsync();
        var agent = await tenant.AddAsync("agent");

        (await agent.Get("recruiting/candidates/duplicates")).Must(403);
        (await agent.Get("recruiting/candidates/merges")).Must(403);
    }
}
