using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Records;

/// <summary>The trash, and values that are unique among live records only.</summary>
public sealed class TrashTests(Api api) : IClassFixture<Api>
{
    private const string Candidates = "recruiting/candidates";

    [Fact]
    public async Task A_deleted_record_is_in_the_trash_alone_until_it_is_restored()
    {
        var tenant = await api.FoundAsync();
        var record = await tenant.Admin.AddCandidateAsync();
        var path = $"{Candidates}/{record.Id}";

        (await tenant.Admin.Delete(path)).Must(204);

        (await tenant.Admin.Get(path)).Must(404);
        (await tenant.Admin.Delete(path)).Must(404);
        (await tenant.Admin.Patch(path, new { position = "x" }, version: 2)).Must(404);
        Assert.Empty((await tenant.Admin.Get(Candidates)).Must(200).Items);
        Assert.Empty((await tenant.Admin.Get($"{Candidates}/lookup?ids={record.Id}")).Must(200).Items);
        var trashed = Assert.Single((await tenant.Admin.Get($"{Candidates}?trash=true")).Must(200).Items);
        Assert.Equal((record.Id, JsonValueKind.String), (trashed.GetProperty("id").GetGuid(), trashed.GetProperty("deletedAt").ValueKind));

        var restored = (await tenant.Admin.Post($"{path}/restore")).Must(200);
        Assert.Equal((3, JsonValueKind.Null), (restored.Version, restored["deletedAt"].ValueKind));
        Assert.Equal(3, (await tenant.Admin.Post($"{path}/restore")).Must(200).Version);
        Assert.Single((await tenant.Admin.Get(Candidates)).Must(200).Items);
        Assert.Empty((await tenant.Admin.Get($"{Candidates}?trash=true")).Must(200).Items);
    }

    [Fact]
    public async Task Deleting_may_insist_on_the_version()
    {
        var tenant = await api.FoundAsync();
        var record = await tenant.Admin.AddCandidateAsync();

        (await tenant.Admin.Delete($"{Candidates}/{record.Id}", version: 7)).Must(412, "version_conflict");
        (await tenant.Admin.Delete($"{Candidates}/{record.Id}", version: 1)).Must(204);
    }

    [Theory]
    [InlineData("Ada@Mail.Test")]
    [InlineData("  ada@mail.test ")]
    public async Task An_address_is_taken_once_however_it_is_spelled(string spelling)
    {
        var tenant = await api.FoundAsync();
        var record = await tenant.Admin.AddCandidateAsync(email: "ada@mail.test");

        var twin = (await tenant.Admin.Post(Candidates, new { fullName = "Twin", email = spelling })).Must(409, "duplicate_value");

        Assert.Equal(["email"], twin.Faults);
        Assert.Equal(record.Id, twin["existingId"].GetGuid());
    }

    [Fact]
    public async Task Composed_and_decomposed_letters_are_the_same_address()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync(email: "ren\u00e9@mail.test");

        (await tenant.Admin.Post(Candidates, new { fullName = "Twin", email = "rene\u0301@mail.test" })).Must(409, "duplicate_value");
    }

    [Fact]
    public async Task The_same_address_in_another_tenant_is_nobodys_business()
    {
        await (await api.FoundAsync()).Admin.AddCandidateAsync(email: "shared@mail.test");

        await (await api.FoundAsync()).Admin.AddCandidateAsync(email: "shared@mail.test");
    }

    [Fact]
    public async Task A_trashed_twin_leaves_its_address_free_but_cannot_come_back_beside_the_new_one()
    {
        var tenant = await api.FoundAsync();
        var old = await tenant.Admin.AddCandidateAsync(email: "ada@mail.test");
        (await tenant.Admin.Delete($"{Candidates}/{old.Id}")).Must(204);

        var young = await tenant.Admin.AddCandidateAsync(email: "ada@mail.test");
        var refused = (await tenant.Admin.Post($"{Candidates}/{old.Id}/restore")).Must(409, "duplicate_value");

        Assert.Equal(young.Id, refused["existingId"].GetGuid());
        var third = (await tenant.Admin.Post(Candidates, new { fullName = "Third", email = "ADA@mail.test" })).Must(409, "duplicate_value");
        Assert.Equal((young.Id, old.Id), (third["existingId"].GetGuid(), third["trashedId"].GetGuid()));
    }

    [Fact]
    public async Task Changing_to_a_taken_address_is_refused()
    {
        var tenant = await api.FoundAsync();
        await tenant.Admin.AddCandidateAsync(email: "ada@mail.test");
        var other = await tenant.Admin.AddCandidateAsync(email: "bo@mail.test");

        Assert.Equal(["email"], (await tenant.Admin.Patch($"{Candidates}/{other.Id}", new { email = "ADA@mail.test" }, version: 1)).Must(409, "duplicate_value").Faults);
        (await tenant.Admin.Patch($"{Candidates}/{other.Id}", new { email = "BO@mail.test" }, version: 1)).Must(200);
    }

    [Fact]
    public async Task Of_many_who_take_one_address_at_once_one_gets_it()
    {
        var tenant = await api.FoundAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tenant.Admin.Post(Candidates, new { fullName = "Ada", email = "ada@mail.test" })));

        Assert.Single(answers, a => a.Status == 201);
        Assert.All(answers.Where(a => a.Status != 201), a => a.Must(409, "duplicate_value"));
        Assert.Equal(1, (await tenant.Admin.Get(Candidates)).Must(200)["total"].GetInt32());
    }
}
